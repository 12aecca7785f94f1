/** Resolves the fleet's settings of a cluster's SPIRE agents. */
import type { Fleet } from '../../fleet/schema';
import { optionalSeconds } from '../../formats/duration';
import type { FleetPath } from '../../problems/problem';
import { WORKLOAD_SOCKET } from '../names';
import { agentSetting } from '../settings';
import type { ResolvedAgentSettings } from './resolved-agent';
import type { ResolvedSpire } from './resolved-spire';
import { wholeSpiffeId } from './spiffe-id';

/** @param common settings of all components; the agents' own logs win over them */
export function resolveAgentSettings(
  fleet: Fleet,
  cluster: string,
  common: Pick<ResolvedSpire, 'logLevel' | 'logFormat' | 'features'>,
): ResolvedAgentSettings {
  const written = <Key extends Parameters<typeof agentSetting>[2]>(key: Key) =>
    agentSetting<Key>(fleet, cluster, key).value;
  const { mode = 'auto', delay } = written('rebootstrap') ?? {};
  const { syncInterval, ...experimental } = written('experimental') ?? {};
  const socket = written('socket');
  const trustBundle = written('trustBundle');
  return {
    logLevel: written('logLevel') ?? common.logLevel,
    logFormat: written('logFormat') ?? common.logFormat,
    x509SvidKeyType: written('x509SvidKeyType'),
    availabilityTarget: optionalSeconds(written('availabilityTarget')),
    x509SvidCacheSize: written('x509SvidCacheSize'),
    jwtSvidCacheSize: written('jwtSvidCacheSize'),
    workloadAttestors: written('workloadAttestors'),
    socket: {
      directory: socket?.directory ?? WORKLOAD_SOCKET.hostDirectory,
      name: socket?.name ?? WORKLOAD_SOCKET.fileName,
    },
    trustBundle: trustBundle && { url: trustBundle.url, format: trustBundle.format ?? 'pem' },
    delegates: delegatesOf(fleet, cluster)
      ?.map(({ spiffeId }) => spiffeId)
      .sort(),
    plugins: written('plugins'),
    rebootstrap: common.features.rebootstrap ? { mode, delay: optionalSeconds(delay) } : undefined,
    experimental: written('experimental') && { ...experimental, syncInterval: optionalSeconds(syncInterval) },
  };
}

/** The delegates of agents as whole SPIFFE IDs, each with its place. Undefined if agents have no admin socket. */
export function delegatesOf(
  fleet: Fleet,
  cluster: string,
): readonly { readonly spiffeId: string; readonly place: FleetPath }[] | undefined {
  const { value, place } = agentSetting(fleet, cluster, 'admin');
  const trustDomain = fleet.clusters[cluster]?.trustDomain ?? '';
  return value?.delegates.map((written, index) => ({
    spiffeId: wholeSpiffeId(written, trustDomain),
    place: [...place, 'delegates', index],
  }));
}
