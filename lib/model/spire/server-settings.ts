/** Resolves the fleet's settings of a SPIRE server, except for its plugins. */
import { planCloudIdentity } from '../../cloud-identity/catalog';
import { DEFAULTS } from '../../fleet/defaults';
import type { Fleet } from '../../fleet/schema';
import { seconds } from '../../formats/duration';
import { chosen, needsNothing } from '../../spire-plugins/choice';
import { DATASTORES, DEFAULT_DATASTORE } from '../../spire-plugins/datastore/catalog';
import { DEFAULT_KEY_MANAGER, KEY_MANAGERS } from '../../spire-plugins/key-manager/catalog';
import type { ChoosablePlugin } from '../../spire-plugins/plugin';
import { SPIRE_SERVER } from '../names';
import { serverSetting } from '../settings';
import type { ResolvedServerSettings, ResolvedSpire } from './resolved-spire';

/** @param common settings of all components; the server's own logs win over them */
export function resolveServerSettings(
  fleet: Fleet,
  cluster: string,
  common: Pick<ResolvedSpire, 'logLevel' | 'logFormat' | 'features' | 'serverNamespace'>,
): ResolvedServerSettings {
  const written = <Key extends Parameters<typeof serverSetting>[2]>(key: Key) =>
    serverSetting<Key>(fleet, cluster, key).value;
  const duration = (text: string | undefined): number | undefined => (text === undefined ? undefined : seconds(text));
  const { cacheReloadInterval, fullCacheReloadInterval, pruneEventsOlderThan, ...switches } =
    written('experimental') ?? {};
  const autoscaling = written('autoscaling');
  const identity = chosen(written('cloudIdentity'));
  return {
    replicas: written('replicas') ?? DEFAULTS.spire.serverReplicas,
    autoscaling: autoscaling && { ...autoscaling, cpu: autoscaling.cpu ?? DEFAULTS.spire.autoscalingCpu },
    formerDatastore: movedFrom(
      DATASTORES,
      written('formerDatastore'),
      chosen(written('datastore')) ?? DEFAULT_DATASTORE,
    ),
    formerKeyManager: movedFrom(
      KEY_MANAGERS,
      written('formerKeyManager'),
      chosen(written('keyManager')) ?? DEFAULT_KEY_MANAGER,
    ),
    cloudIdentity:
      identity && planCloudIdentity(identity, { namespace: common.serverNamespace, name: SPIRE_SERVER.name }),
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

/**
 * The plugin from which a server moves. Undefined if the server stays with a plugin that has no place but one, as clusters
 * can that take `former…` from the fleet: the steps of a move would delete their server for nothing.
 */
function movedFrom(
  members: readonly Pick<ChoosablePlugin, 'key' | 'settings'>[],
  former: string | undefined,
  now: { readonly key: string },
): string | undefined {
  const stays = former === now.key && members.some((member) => member.key === former && needsNothing(member));
  return stays ? undefined : former;
}

/** The most pods of a server that run at the same time. */
export function mostServers({
  replicas,
  autoscaling,
}: Pick<ResolvedServerSettings, 'replicas' | 'autoscaling'>): number {
  return Math.max(replicas, autoscaling?.maxReplicas ?? 0);
}
