/** Settings of agents in the words of agent.conf. */
import { optionalGoDuration } from '../formats/duration';
import { ADMIN_SOCKET } from '../model/names';
import type { AgentRateLimits, ResolvedAgentSettings } from '../model/spire/resolved-agent';

/** Keys of the section `agent`. @see https://github.com/spiffe/spire/blob/v1.15.3/doc/spire_agent.md */
export function agentSettings(agent: ResolvedAgentSettings): Readonly<Record<string, unknown>> {
  const { experimental } = agent;
  return {
    log_level: agent.logLevel,
    log_format: agent.logFormat === 'text' ? undefined : agent.logFormat,
    workload_x509_svid_key_type: agent.x509SvidKeyType,
    availability_target: optionalGoDuration(agent.availabilityTarget),
    x509_svid_cache_max_size: agent.x509SvidCacheSize,
    jwt_svid_cache_max_size: agent.jwtSvidCacheSize,
    admin_socket_path: agent.delegates && `${ADMIN_SOCKET.hostDirectory}/${ADMIN_SOCKET.fileName}`,
    authorized_delegates: agent.delegates,
    // A server that lost its CA is trusted again through the ConfigMap, and agents attest anew.
    rebootstrap_mode: agent.rebootstrap?.mode,
    rebootstrap_delay: optionalGoDuration(agent.rebootstrap?.delay),
    experimental: experimental && {
      sync_interval: optionalGoDuration(experimental.syncInterval),
      ratelimit: experimental.rateLimits && rateLimits(experimental.rateLimits),
      require_pq_kem: experimental.requirePostQuantumKeyExchange,
    },
  };
}

function rateLimits(limits: AgentRateLimits): Readonly<Record<string, number | undefined>> {
  return {
    fetch_x509_svid: limits.fetchX509Svid,
    fetch_jwt_svid: limits.fetchJwtSvid,
    fetch_x509_bundles: limits.fetchX509Bundles,
    fetch_jwt_bundles: limits.fetchJwtBundles,
    stream_secrets: limits.streamSecrets,
    fetch_secrets: limits.fetchSecrets,
  };
}
