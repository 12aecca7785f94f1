/** Resolves what a fleet sets of a SPIRE server beside its plugins. */
import { DEFAULTS } from '../../fleet/defaults';
import type { Fleet } from '../../fleet/schema';
import { seconds } from '../../formats/duration';
import { serverSetting } from '../settings';
import type { ResolvedServerSettings, ResolvedSpire } from './resolved-spire';

/** @param common settings of the logs of all components, which the server's own win over */
export function resolveServerSettings(
  fleet: Fleet,
  cluster: string,
  common: Pick<ResolvedSpire, 'logLevel' | 'logFormat' | 'features'>,
): ResolvedServerSettings {
  const written = <Key extends Parameters<typeof serverSetting>[2]>(key: Key) =>
    serverSetting<Key>(fleet, cluster, key).value;
  const duration = (text: string | undefined): number | undefined => (text === undefined ? undefined : seconds(text));
  const { cacheReloadInterval, fullCacheReloadInterval, pruneEventsOlderThan, ...switches } =
    written('experimental') ?? {};
  return {
    replicas: written('replicas') ?? DEFAULTS.spire.serverReplicas,
    logLevel: written('logLevel') ?? common.logLevel,
    logFormat: written('logFormat') ?? common.logFormat,
    caSubject: { ...DEFAULTS.spire.caSubject, ...written('caSubject') },
    caKeyType: written('caKeyType'),
    jwtKeyType: written('jwtKeyType'),
    jwtIssuer: written('jwtIssuer'),
    jwtSvids: written('jwtSvids') ?? true,
    agentTtl: duration(written('agentTtl')),
    auditLog: written('auditLog'),
    adminIds: written('adminIds'),
    rateLimits: written('rateLimits'),
    forgetAgentsAfter: common.features.forgetsAgents
      ? seconds(written('forgetAgentsAfter') ?? DEFAULTS.spire.forgetAgentsAfter)
      : undefined,
    experimental: written('experimental') && {
      ...switches,
      cacheReloadInterval: duration(cacheReloadInterval),
      fullCacheReloadInterval: duration(fullCacheReloadInterval),
      pruneEventsOlderThan: duration(pruneEventsOlderThan),
    },
  };
}
