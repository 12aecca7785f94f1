/** Decides which Secrets a person must provide, and tells what belongs into each. */
import { goDuration } from './duration';
import { ISTIO } from './names';
import type { ResolvedCluster, ResolvedGateway, ResolvedSecret } from './resolved-fleet';

type NeedySlice = Pick<ResolvedCluster, 'name' | 'spire' | 'trust' | 'upstream' | 'bundleEndpoint' | 'gateway'>;

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
            purpose: `intermediate CA under the root, which the SPIRE server signs with; replace its content at least ${goDuration(spire.caTtl)}, the life of the server's CA, before it ends (no restart needed)`,
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
      : [{ ...tls, name: endpoint.webCertificate, purpose: 'web certificate of the bundle endpoint' }]),
    ...credentialSecrets(gateway),
  ];
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
