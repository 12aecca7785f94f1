/** The Secrets that people must create by hand, and what uses each. */

import { planAgentPlugins } from '../../spire-plugins/by-name/agent-plans';
import type { PluginPlan, PluginSecret } from '../../spire-plugins/plugin';
import { allPlugins } from '../../spire-plugins/server-plugins';
import { ISTIO } from '../names';
import type { ResolvedCluster, ResolvedGateway } from '../resolved-fleet';
import type { ResolvedSecret } from './resolved-secret';

type NeedySlice = Pick<ResolvedCluster, 'spire' | 'plugins' | 'bundleEndpoint' | 'gateway'>;

/** The Secrets that a person must create in one cluster, for the plugins of the server, the bundle endpoint and the gateway. */
export function requiredSecrets({ spire, plugins, bundleEndpoint, gateway }: NeedySlice): readonly ResolvedSecret[] {
  const namespace = spire.serverNamespace;
  return [
    ...pluginSecrets(allPlugins(plugins), namespace),
    ...pluginSecrets(planAgentPlugins(spire), spire.agentNamespace),
    ...(bundleEndpoint?.webCertificate === undefined
      ? []
      : [
          {
            namespace,
            name: bundleEndpoint.webCertificate,
            type: 'kubernetes.io/tls' as const,
            keys: ['tls.crt', 'tls.key'],
            use: { kind: 'web-certificate' as const, address: bundleEndpoint.address },
          },
        ]),
    ...credentialSecrets(gateway),
  ];
}

/** One for each name; two plugins can sign in to a service by one Secret. */
function pluginSecrets(plugins: readonly PluginPlan[], namespace: string): readonly ResolvedSecret[] {
  const byName = new Map<string, PluginSecret>();
  for (const secret of plugins.flatMap(({ secrets = [] }) => secrets)) {
    const { keys = [] } = byName.get(secret.name) ?? {};
    byName.set(secret.name, { ...secret, keys: [...new Set([...keys, ...secret.keys])] });
  }
  return [...byName.values()].map(({ name, type, keys, purpose }) => ({
    namespace,
    name,
    type,
    keys,
    use: { kind: 'worded' as const, purpose },
  }));
}

/** One for each name; hosts can share a certificate. */
function credentialSecrets(gateway: ResolvedGateway | undefined): readonly ResolvedSecret[] {
  const served = new Map<string, { readonly host: string; readonly spiffeId: string }[]>();
  for (const { host, credential } of gateway?.hosts ?? []) {
    if (credential === undefined) continue;
    const others = served.get(credential.secret) ?? [];
    served.set(credential.secret, [...others, { host, spiffeId: credential.spiffeId }]);
  }
  return [...served.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, hosts]) => ({
      namespace: ISTIO.namespace,
      name,
      type: 'Opaque' as const,
      keys: ['tls.crt', 'tls.key', 'ca.crt'],
      use: { kind: 'gateway-certificate' as const, hosts },
    }));
}
