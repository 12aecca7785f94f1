/** The PKI engine of a Vault. */
import type * as z from 'zod';
import { vaultPath } from '../../formats/cloud-formats';
import { text } from '../../formats/schema-kit';
import { choosable } from '../plugin';
import { vaultFiles, vaultPlan, vaultSettings } from '../vault';
import { vaultRoleOf } from '../vault-login';
import type { UpstreamAuthorityPlan } from './upstream-authority';

const ENGINE = 'pki';

const settings = vaultSettings({
  engine: text(vaultPath, `Path of the PKI engine. Default: ${ENGINE}.`, 'pki_root')
    .optional()
    .meta({ default: ENGINE }),
});

export type VaultAuthoritySettings = z.input<typeof settings>;

/** @see https://github.com/spiffe/spire/blob/v1.15.3/doc/plugin_server_upstreamauthority_vault.md */
export const vault = choosable({
  key: 'vault',
  about: 'The PKI engine of a HashiCorp Vault or OpenBao, whose issuer must lead to the root of the trust domain.',
  settings,
  files: vaultFiles,
  plan: (written, server): UpstreamAuthorityPlan => {
    const { engine = ENGINE } = written;
    const connection = vaultPlan(written, 'authority', server);
    return {
      plugin: 'vault',
      ...connection,
      configuration: { ...connection.configuration, pki_mount_point: engine },
      requirements: [
        {
          what: `Vault at \`${written.address}\`, with a PKI engine at \`${engine}\` and a policy for the SPIRE server: update on \`${engine}/root/sign-intermediate\`; ${vaultRoleOf(written.auth, server)}`,
          why: `signs the CA of the SPIRE server under the root that the fleet names. The chain of its default issuer must end in that root, since the server publishes the last certificate of the chain as the root; else peers refuse every SVID. The engine's \`max_lease_ttl\` must be ${server.caTtl} or more, or Vault cuts the CA short`,
        },
      ],
      rotation: {
        publish: `have the PKI engine \`${engine}\` sign under the new root, by a new default issuer whose chain ends in it, then have the server prepare a CA: it gets the new root with this CA, and publishes both`,
        sign: 'Have the server sign with a CA under the new root.',
      },
      failure: {
        title: 'Vault signs no CA',
        signs: [
          'The server logs `Unable to rotate X509 CA`, and later nobody renews an SVID. The reason is in its log:',
        ],
        shownBy: [],
        logged: 'Unable to rotate X509 CA|authenticated client|sign intermediate',
        remedy: [
          '- `authentication failed` or `token lookup failed`: the credentials of the server have ended, or the role of Vault does not know it.',
          '  Put new ones into the Secret and restart the server, or correct the role.',
          '- `permission denied`: the policy lacks `update` on `root/sign-intermediate` of the PKI engine.',
          '- `Vault is sealed` or a timeout: Vault is down, or a firewall keeps the server out.',
          '- `cannot satisfy request, as TTL would result in notAfter`: the issuer of the engine ends too soon. Renew it under the same root.',
          '',
          'The server asks again by itself. Agents attest anew by themselves.',
        ],
      },
    };
  },
});
