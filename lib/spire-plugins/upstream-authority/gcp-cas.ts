/** The Certificate Authority Service of Google Cloud. */
import * as z from 'zod';
import { gcpCaPool, gcpLabelKey, gcpLabelValue } from '../../formats/cloud-formats';
import { text } from '../../formats/schema-kit';
import { metadataEgress } from '../cloud-credentials';
import { choosable } from '../plugin';
import { urlEgress } from '../url-egress';
import type { UpstreamAuthorityPlan } from './upstream-authority';

const settings = z.strictObject({
  pool: text(gcpCaPool, 'Resource ID of the CA pool, which a person makes.'),
  label: z
    .strictObject({
      key: text(gcpLabelKey, 'Key of the label.'),
      value: text(gcpLabelValue, 'Value of the label.'),
    })
    .describe(
      'Label of the CAs in the pool that the server may use. Of those that are enabled, the one that ends first signs; the server publishes the roots of all.',
    )
    .meta({ examples: [{ key: 'spire', value: 'east' }] }),
});

export type GcpCasSettings = z.input<typeof settings>;

const PERMISSIONS = ['certificateAuthorities.list', 'certificates.create'].map((one) => `\`privateca.${one}\``);

/** @see https://github.com/spiffe/spire/blob/v1.15.3/doc/plugin_server_upstreamauthority_gcp_cas.md */
export const gcpCas = choosable({
  key: 'gcpCas',
  about:
    'CAs in a pool of the Certificate Authority Service of Google Cloud, which must lead to the root of the trust domain. No server can be nested below: the CA of the server gets the path length 0.',
  settings,
  plan: ({ pool, label }, server): UpstreamAuthorityPlan => {
    const [, project, , location, , name] = pool.split('/');
    const labelled = `the label \`${label.key}=${label.value}\``;
    return {
      plugin: 'gcp_cas',
      cloud: 'gcp',
      configuration: {
        root_cert_spec: {
          project_name: project,
          region_name: location,
          ca_pool: name,
          label_key: label.key,
          label_value: label.value,
        },
      },
      // gcpcas.go mintX509CA asks for it, whatever the server needs.
      pathLength: 0,
      egress: [urlEgress('spire-server-gcp-cas', 'https://privateca.googleapis.com'), metadataEgress('gcp')],
      requirements: [
        {
          what: `the CA pool \`${pool}\` with an enabled CA that has ${labelled}, and a service account for the SPIRE server with ${PERMISSIONS.join(' and ')} on the pool`,
          why: `signs the CA of the SPIRE server, for ${server.caTtl}. The server publishes the roots of all enabled CAs with the label, so each of them must lead to a root in the file that the fleet names; else peers refuse every SVID, or trust a root that the fleet does not know. The policy of the pool must allow CAs with the path length 0 and the URI SAN \`spiffe://${server.trustDomain}\``,
        },
      ],
      rotation: {
        publish: `enable a CA under the new root in the pool, with ${labelled}, which ends after the one under the old root; then have the server prepare a CA: the old one still signs it, and the server publishes the roots of both`,
        sign: 'Disable the CA under the old root in the pool, or remove its label. Then have the server sign with a CA under the new root.',
      },
      failure: {
        title: "Google Cloud's Certificate Authority Service signs no CA",
        signs: [
          'The server logs `Unable to rotate X509 CA`, and later nobody renews an SVID. The reason is in its log:',
        ],
        shownBy: [],
        logged: 'Unable to rotate X509 CA',
        remedy: [
          '- `no certificate authorities found`: no CA of the pool has the label, or none that has it is enabled. Enable one under the same root.',
          '- `PermissionDenied`: the service account of the server lacks a permission on the pool.',
          '- `could not find default credentials`: the server has no service account; see `cloudIdentity`.',
          '- `InvalidArgument` or `FailedPrecondition`: the policy of the pool refuses the CA, or its own CA ends too soon.',
          '- A timeout: the API is down, or a firewall keeps the server out.',
          '',
          'The server asks again by itself. Agents attest anew by themselves.',
        ],
      },
    };
  },
});
