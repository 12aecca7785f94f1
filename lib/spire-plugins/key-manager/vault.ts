/** Keys in the transit engine of a Vault; SPIRE's plugin for it is called hashicorp_vault. */
import type * as z from 'zod';
import { vaultPath } from '../../formats/cloud-formats';
import { text } from '../../formats/schema-kit';
import { choosable } from '../plugin';
import { vaultFiles, vaultPlan, vaultSettings } from '../vault';
import { vaultRoleOf } from '../vault-login';
import { keyIdentifier } from './key-identifier';
import type { KeyManagerPlan } from './key-manager';

const ENGINE = 'transit';

const settings = vaultSettings({
  engine: text(vaultPath, `Path of the transit engine. Default: ${ENGINE}.`, ENGINE)
    .optional()
    .meta({ default: ENGINE }),
});

export type VaultKeysSettings = z.input<typeof settings>;

/** @see https://github.com/spiffe/spire/blob/v1.15.3/doc/plugin_server_keymanager_hashicorp_vault.md */
export const vault = choosable({
  key: 'vault',
  about:
    'In the transit engine of a HashiCorp Vault or OpenBao. The keys never leave it; each signature is a call to it.',
  settings,
  files: vaultFiles,
  plan: (written, server): KeyManagerPlan => {
    const { engine = ENGINE } = written;
    const { value, environment } = keyIdentifier(server);
    const connection = vaultPlan(written, 'keys', server);
    return {
      plugin: 'hashicorp_vault',
      since: '1.15.0',
      ...connection,
      configuration: { ...connection.configuration, key_identifier_value: value, transit_engine_path: engine },
      environment: [...environment, ...(connection.environment ?? [])],
      requirements: [
        {
          what: `Vault at \`${written.address}\`, with a transit engine at \`${engine}\` and a policy for the SPIRE server: create, read, update, delete and list on \`${engine}/keys/*\`, update on \`${engine}/sign/*\`; ${vaultRoleOf(written.auth, server)}`,
          why: 'the server makes the keys of its CA there, and signs each SVID there; it does not start while Vault is sealed or cannot be reached. Keys of servers that are gone stay until a person deletes them',
        },
      ],
      keepsKeys: true,
    };
  },
});
