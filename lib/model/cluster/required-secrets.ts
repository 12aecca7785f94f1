/** The Secrets that people must create by hand, and the purpose of each. */

import { allPlugins } from '../../spire-plugins/server-plugins';
import { ISTIO } from '../names';
import type { ResolvedCluster, ResolvedGateway, ResolvedSecret } from '../resolved-fleet';

type NeedySlice = Pick<ResolvedCluster, 'spire' | 'plugins' | 'bundleEndpoint' | 'gateway'>;

export function requiredSecrets({ spire, plugins, bundleEndpoint, gateway }: NeedySlice): readonly ResolvedSecret[] {
  const namespace = spire.serverNamespace;
  return [
    ...allPlugins(plugins).flatMap(({ secrets = [] }) =>
      secrets.map(({ name, type, keys, purpose }) => ({ namespace, name, type, keys, purpose })),
    ),
    ...(bundleEndpoint?.webCertificate === undefined
      ? []
      : [
          {
            namespace,
            name: bundleEndpoint.webCertificate,
            type: 'kubernetes.io/tls' as const,
            keys: ['tls.crt', 'tls.key'],
            purpose: `certificate of a public CA for \`${bundleEndpoint.address}\`, which the bundle endpoint serves: peers verify it with the public roots in SPIRE's image alone`,
          },
        ]),
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
