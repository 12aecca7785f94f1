/** Decides which Secrets a person must provide, and tells what belongs into each. */

import { goDuration } from '../../formats/duration';
import { ISTIO } from '../names';
import type { ResolvedCluster, ResolvedGateway, ResolvedSecret } from '../resolved-fleet';

type NeedySlice = Pick<
  ResolvedCluster,
  'name' | 'trustDomain' | 'spire' | 'trust' | 'upstream' | 'serverApi' | 'bundleEndpoint' | 'gateway'
>;

export function requiredSecrets(cluster: NeedySlice): readonly ResolvedSecret[] {
  const { name, spire, trust, upstream, bundleEndpoint: endpoint, gateway } = cluster;
  const tls = { namespace: spire.serverNamespace, type: 'kubernetes.io/tls', keys: ['tls.crt', 'tls.key'] } as const;
  return [
    ...(trust.secret === undefined
      ? []
      : [
          {
            ...tls,
            name: trust.secret,
            purpose: `intermediate CA under the root, which the SPIRE server signs with: ${intermediateOf(cluster)}; replace its content at least ${goDuration(spire.caTtl)}, the life of the server's CA, before it ends (no restart needed)`,
          },
        ]),
    ...(upstream === undefined
      ? []
      : [
          {
            ...tls,
            name: upstream.secret,
            purpose: `certificate with the common name \`${name}\`, under the root that the serverApi of ${upstream.cluster} names, and its key: by it the server proves to that of ${upstream.cluster} who it is; renew it before it ends (no restart needed)`,
          },
        ]),
    ...(endpoint?.webCertificate === undefined
      ? []
      : [
          {
            ...tls,
            name: endpoint.webCertificate,
            purpose: `certificate of a public CA for \`${endpoint.address}\`, which the bundle endpoint serves: peers verify it with the public roots in SPIRE's image alone`,
          },
        ]),
    ...credentialSecrets(gateway),
  ];
}

/**
 * What SPIRE, Go and Envoy accept between the root and the server's CA; they ask the same of the root.
 * @see signing-limits.ts
 */
function intermediateOf({ trustDomain, serverApi }: NeedySlice): string {
  return [
    'a key on P-256, P-384 or P-521 or an RSA key of 2048 bits or more',
    'a signature with SHA-256 or better',
    `no path length or one of at least ${serverApi === undefined ? 1 : 2}`,
    'no extended key usages or both serverAuth and clientAuth',
    `and no name constraints that leave out \`spiffe://${trustDomain}\``,
  ].join(', ');
}

/** One for each name; hosts can share a certificate. */
function credentialSecrets(gateway: ResolvedGateway | undefined): readonly ResolvedSecret[] {
  const served = new Map<string, string[]>();
  for (const { host, credential } of gateway?.hosts ?? []) {
    if (credential === undefined) continue;
    const lines = served.get(credential.secret) ?? [];
    served.set(credential.secret, [...lines, `${host} by a certificate with the URI SAN ${credential.spiffeId}`]);
  }
  return [...served.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, hosts]) => ({
      namespace: ISTIO.namespace,
      name,
      type: 'Opaque' as const,
      keys: ['tls.crt', 'tls.key', 'ca.crt'],
      purpose: `the gateway serves ${hosts.join(' and ')}, under the root of this trust domain; ca.crt verifies the callers; renew it before it ends`,
    }));
}
