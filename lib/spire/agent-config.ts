/** Translates a cluster's decisions into the agent.conf of its SPIRE agents. */
import { BUNDLE_CONFIG_MAP, KUBELET_ADDRESS_ENV, SPIRE_AGENT, SPIRE_SERVER } from '../model/names';
import type { ResolvedCluster, ResolvedIstio } from '../model/resolved-fleet';
import { METRICS } from '../model/spire/metrics-endpoints';
import type { ResolvedAgentSettings } from '../model/spire/resolved-agent';
import { planAgentPlugins, variablesOfAgents } from '../spire-plugins/by-name/agent-plans';
import { agentSettings } from './agent-settings';
import { pluginLists, renderWithVariables } from './plugin-entry';
import { telemetryConfig } from './telemetry-config';

export interface AgentConfigProps extends Pick<ResolvedCluster, 'trustDomain' | 'spire' | 'plugins' | 'kubelet'> {
  /** Absent on a cluster without Istio. */
  readonly istio?: Partial<ResolvedIstio>;
}

/** Where the agent's pod has its files. */
export const AGENT_PATHS = {
  data: '/var/lib/spire/agent',
  config: '/etc/spire/agent',
  configFile: 'agent.conf',
  bundle: '/run/spire/bundle',
} as const;

/** agent.conf in JSON. @see https://github.com/spiffe/spire/blob/v1.15.3/doc/spire_agent.md */
export function renderAgentConfig({ trustDomain, spire, plugins, kubelet, istio }: AgentConfigProps): string {
  const { plugin, configuration } = plugins.agentAttestor;
  return renderWithVariables(variablesOfAgents(spire), {
    agent: {
      trust_domain: trustDomain,
      data_dir: AGENT_PATHS.data,
      ...agentSettings(spire.agent),
      server_address: `${SPIRE_SERVER.service}.${spire.serverNamespace}.svc`,
      server_port: String(SPIRE_SERVER.apiPort),
      socket_path: `${spire.agent.socket.directory}/${spire.agent.socket.name}`,
      ...trustBundle(spire.agent),
      // What Istio's proxies ask for. ROOTCA must hold the federated bundles too, so the local-only name is out of the way.
      sds:
        istio === undefined
          ? undefined
          : { default_svid_name: 'default', default_bundle_name: 'null', default_all_bundles_name: 'ROOTCA' },
    },
    plugins: {
      KeyManager: [{ memory: { plugin_data: {} } }],
      NodeAttestor: [{ [plugin]: { plugin_data: configuration } }],
      ...pluginLists(
        {
          SVIDStore: [],
          WorkloadAttestor: [
            { plugin: 'k8s', configuration: workloadAttestor(kubelet.verification) },
            ...(spire.agent.workloadAttestors ?? []).map((name) => ({ plugin: name, configuration: {} })),
          ],
        },
        planAgentPlugins(spire),
      ),
    },
    telemetry: telemetryConfig(spire.telemetry, METRICS.agent, 'agent'),
    health_checks: {
      listener_enabled: true,
      bind_address: '0.0.0.0',
      bind_port: String(SPIRE_AGENT.healthPort),
      live_path: '/live',
      ready_path: '/ready',
    },
  });
}

/** SPIRE accepts either a path or a URL. */
function trustBundle({ trustBundle }: ResolvedAgentSettings): Readonly<Record<string, string>> {
  return trustBundle === undefined
    ? { trust_bundle_path: `${AGENT_PATHS.bundle}/${BUNDLE_CONFIG_MAP.key}`, trust_bundle_format: 'pem' }
    : { trust_bundle_url: trustBundle.url, trust_bundle_format: trustBundle.format };
}

function workloadAttestor(verification: boolean): Readonly<Record<string, unknown>> {
  return {
    // An IP address, or a node's name: SPIRE dials either, and looks for it in the kubelet's certificate.
    node_name_env: KUBELET_ADDRESS_ENV,
    skip_kubelet_verification: verification ? undefined : true,
    // A proxy asks for its SVID before Kubernetes reports its container; the pod's selectors are known by then.
    disable_container_selectors: true,
  };
}
