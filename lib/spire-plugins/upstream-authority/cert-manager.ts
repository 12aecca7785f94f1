/** An issuer of cert-manager, which the server asks through CertificateRequests in its own namespace. */
import * as z from 'zod';
import * as formats from '../../formats/formats';
import { text } from '../../formats/schema-kit';
import { choosable } from '../plugin';
import type { UpstreamAuthorityPlan } from './upstream-authority';

const DEFAULTS = { kind: 'Issuer', group: 'cert-manager.io' } as const;

/**
 * No Secret is asked for: cert-manager signs each CA of the server.
 * @see https://github.com/spiffe/spire/blob/v1.15.3/doc/plugin_server_upstreamauthority_cert_manager.md
 */
export const certManager = choosable({
  key: 'certManager',
  about: 'An issuer of cert-manager, which must be able to sign CAs and lead to the root of the trust domain.',
  settings: z.strictObject({
    issuer: text(formats.objectName, 'Name of the issuer.', 'spire-intermediate'),
    kind: z
      .enum(['Issuer', 'ClusterIssuer'])
      .optional()
      .describe(`Kind of the issuer; an Issuer is in the namespace of the server. Default: ${DEFAULTS.kind}.`)
      .meta({ default: DEFAULTS.kind }),
  }),
  plan: ({ issuer, kind = DEFAULTS.kind }, server): UpstreamAuthorityPlan => ({
    plugin: 'cert-manager',
    configuration: {
      namespace: server.namespace,
      issuer_name: issuer,
      issuer_kind: kind,
      issuer_group: DEFAULTS.group,
    },
    permissions: {
      // It lists and deletes requests that are over; certmanager/api.go cleanupStaleCertificateRequests.
      serverNamespace: [
        {
          apiGroups: [DEFAULTS.group],
          resources: ['certificaterequests'],
          verbs: ['create', 'delete', 'get', 'list'],
        },
      ],
    },
    requirements: [
      {
        what: `cert-manager, with the ${kind} \`${kind === 'Issuer' ? `${server.namespace}/` : ''}${issuer}\``,
        why: `signs the CA of the SPIRE server, for ${server.caTtl}, under the root that the fleet names. It must return that root as the CA: an issuer of the kind CA needs the chain up to the root in \`tls.crt\` or \`ca.crt\` of its Secret; else peers refuse every SVID`,
      },
    ],
  }),
});
