/** Translates a nested cluster's decisions into the agent.conf of the agent that gets its server an SVID from the server above. */
import { renderJson } from '../model/configuration';
import { UPSTREAM_AGENT } from '../model/names';
import type { ResolvedCluster } from '../model/resolved-fleet';
import { METRICS } from '../model/spire/metrics-endpoints';
import type { ResolvedUpstream } from '../model/spire/resolved-nesting';
import { NESTED_AGENTS_ATTESTOR } from '../spire-plugins/node-attestor/catalog';
import { ROOT_FILE, UPSTREAM_SOCKET } from '../spire-plugins/pod-paths';
import { telemetryConfig } from './telemetry-config';

export interface UpstreamAgentConfigProps extends Pick<ResolvedCluster, 'trustDomain' | 'spire'> {
  readonly upstream: ResolvedUpstream;
}

/** Where the agent's container has its files. */
export const UPSTREAM_AGENT_PATHS = {
  data: '/var/lib/spire/upstream-agent',
  config: '/etc/spire/upstream-agent',
  configFile: 'agent.conf',
} as const;

/** agent.conf in JSON. @see https://github.com/spiffe/spire/blob/v1.15.3/doc/plugin_server_upstreamauthority_spire.md */
export function renderUpstreamAgentConfig({ trustDomain, spire, upstream }: UpstreamAgentConfigProps): string {
  const attestor = NESTED_AGENTS_ATTESTOR.agent;
  return renderJson({
    agent: {
      trust_domain: trustDomain,
      data_dir: UPSTREAM_AGENT_PATHS.data,
      log_level: spire.agent.logLevel,
      log_format: spire.agent.logFormat === 'text' ? undefined : spire.agent.logFormat,
      server_address: upstream.address,
      server_port: String(upstream.port),
      socket_path: `${UPSTREAM_SOCKET.folder}/${UPSTREAM_SOCKET.file}`,
      // The root is configured in advance, so no bundle has to be copied from the cluster above.
      trust_bundle_path: `${ROOT_FILE.folder}/${ROOT_FILE.file}`,
      trust_bundle_format: 'pem',
    },
    plugins: {
      KeyManager: [{ memory: { plugin_data: {} } }],
      NodeAttestor: [{ [attestor.plugin]: { plugin_data: attestor.configuration } }],
      // Only the server's pod mounts the socket, and it shares its process namespace with the agent, so the kubelet is not needed.
      WorkloadAttestor: [{ unix: { plugin_data: {} } }],
    },
    telemetry: telemetryConfig(spire.telemetry, METRICS.upstreamAgent, 'agent'),
    health_checks: {
      listener_enabled: true,
      bind_address: '0.0.0.0',
      bind_port: String(UPSTREAM_AGENT.healthPort),
      live_path: '/live',
      ready_path: '/ready',
    },
  });
}
