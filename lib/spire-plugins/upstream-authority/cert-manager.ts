/** An issuer of cert-manager, which the server asks through CertificateRequests. */
import * as z from 'zod';
import { dnsLabel } from '../../formats/formats';
import { text } from '../../formats/schema-kit';
import { choosable } from '../plugin';
import type { ServerFacts } from '../server-facts';
import {
  approvalOf,
  checkIssuer,
  type Issuer,
  issuerKeys,
  issuerOf,
  issuerStatus,
  OWN_GROUP,
} from './cert-manager-issuer';
import type { UpstreamAuthorityPlan } from './upstream-authority';

const settings = z
  .strictObject({
    ...issuerKeys,
    namespace: text(
      dnsLabel,
      'Namespace of the CertificateRequests, and so of an Issuer; a person creates it. Default: the namespace of the server.',
      'spire-ca',
    ).optional(),
  })
  .superRefine(checkIssuer);

/** What a fleet or a program says of an issuer. */
export type CertManagerSettings = z.output<typeof settings>;

/**
 * No Secret is asked for: cert-manager signs each CA of the server.
 * @see https://github.com/spiffe/spire/blob/v1.15.3/doc/plugin_server_upstreamauthority_cert_manager.md
 */
export const certManager = choosable({
  key: 'certManager',
  about: 'An issuer of cert-manager, which must be able to sign CAs and lead to the root of the trust domain.',
  settings,
  plan: (written, server): UpstreamAuthorityPlan => {
    const issuer = issuerOf(written, written.namespace ?? server.namespace);
    return {
      plugin: 'cert-manager',
      configuration: {
        namespace: issuer.namespace,
        issuer_name: issuer.name,
        issuer_kind: issuer.kind,
        issuer_group: issuer.group,
      },
      permissions: {
        namespaces: {
          // Whatever the group of the issuer. It lists and deletes requests that are over; certmanager/api.go cleanupStaleCertificateRequests.
          [issuer.namespace]: [
            {
              apiGroups: [OWN_GROUP],
              resources: ['certificaterequests'],
              verbs: ['create', 'delete', 'get', 'list'],
            },
          ],
        },
      },
      requirements: requirementsOf(issuer, server),
      rotation: {
        // The server takes roots from the CertificateRequest only; ca/upstream_client.go runMintX509CAStream.
        publish: `have ${issuer.words} sign under the new root, then have the server prepare a CA: it gets the new root with this CA, and publishes both`,
        sign: 'Have the server sign with a CA under the new root.',
      },
      failure: {
        title: 'cert-manager signs no CA',
        signs: [
          'The server logs `Unable to rotate X509 CA`, and later nobody renews an SVID. The issuer must be `Ready`; a request that is',
          'listed still waits:',
        ],
        shownBy: [
          issuerStatus(issuer),
          `get -n ${issuer.namespace} certificaterequests.${OWN_GROUP} -l cert-manager.spiffe.io/trust-domain=${server.trustDomain} -o wide`,
        ],
        logged: 'Unable to rotate X509 CA|CertificateRequest',
        remedy: [
          '- The issuer is not ready: most often its own certificate has ended. Give it a new one under the same root.',
          '- A request waits: it is not approved, or the controller of the issuer does not run. The server gives up after 75 seconds.',
          '- The log says `denied` or `failed`: the same line has the reason. `No CA certificate was populated`: the issuer does not return the root.',
          '',
          'The server asks again by itself, and needs no restart. Agents attest anew by themselves.',
        ],
      },
    };
  },
});

function requirementsOf(issuer: Issuer, server: ServerFacts): UpstreamAuthorityPlan['requirements'] {
  const approval = approvalOf(issuer);
  return [
    {
      what: `cert-manager, with ${issuer.words}`,
      why: `signs the CA of the SPIRE server, for ${server.caTtl}, under the root that the fleet names. It must return that root as the CA: an issuer of the kind CA needs the chain up to the root in \`tls.crt\` or \`ca.crt\` of its Secret; else peers refuse every SVID${approval === '' ? '' : `.${approval}`}`,
    },
    ...(issuer.namespace === server.namespace
      ? []
      : [
          {
            what: `namespace \`${issuer.namespace}\``,
            why: 'the SPIRE server makes its CertificateRequests there; it must exist before the first apply',
          },
        ]),
  ];
}
