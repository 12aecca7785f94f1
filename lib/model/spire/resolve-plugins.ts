/** Resolves the plugins of a cluster's SPIRE server, and collects their inputs. */
import type { Fleet, FleetSpire } from '../../fleet/schema';
import { goDuration } from '../../formats/duration';
import { chosen } from '../../spire-plugins/choice';
import type { ServerFacts } from '../../spire-plugins/server-facts';
import { planServerPlugins, type ServerPlugins } from '../../spire-plugins/server-plugins';
import { SPIRE_AGENT } from '../names';
import type { ResolvedCluster, ResolvedSpire, ResolvedTrust } from '../resolved-fleet';
import type { Setting } from '../settings';
import { chosenAuthority } from '../trust/chosen-authority';
import { fingerprintsOf } from '../trust/fingerprints';
import type { ResolvedNesting } from './resolved-nesting';

/** The parts of a cluster that are resolved before its plugins. */
interface ServerParts extends ResolvedNesting {
  readonly trustDomain: string;
  readonly spire: ResolvedSpire;
  readonly trust: ResolvedTrust;
}

export function resolvePlugins(fleet: Fleet, cluster: string, parts: ServerParts): ServerPlugins {
  const choices = {
    datastore: chosen(serverSetting(fleet, cluster, 'datastore').value),
    keyManager: chosen(serverSetting(fleet, cluster, 'keyManager').value),
    upstreamAuthority: chosenAuthority(fleet, cluster),
  };
  const { trustDomain, trust, upstream, serverApi } = parts;
  return planServerPlugins(choices, {
    ...commonFacts({ name: cluster, trustDomain, spire: parts.spire }),
    root: trust.root && { pem: trust.root.pem, annotations: trust.bundle ? fingerprintsOf(trust.bundle) : {} },
    upstream,
    nestedRootPem: serverApi?.rootPem,
  });
}

type ServerSettings = NonNullable<FleetSpire['server']>;

/** Key by key, like every setting: a cluster that has another key manager keeps the fleet's datastore. */
export function serverSetting<Key extends keyof ServerSettings & string>(
  fleet: Fleet,
  cluster: string,
  key: Key,
): Setting<ServerSettings[Key]> {
  const own = fleet.clusters[cluster]?.spire?.server?.[key];
  if (own !== undefined) return { value: own, place: ['clusters', cluster, 'spire', 'server', key] };
  const shared = fleet.spire?.server?.[key];
  return { value: shared, place: shared === undefined ? ['clusters', cluster] : ['spire', 'server', key] };
}

/** The facts that a server has with a fleet and without one. */
export function commonFacts({
  name,
  trustDomain,
  spire,
}: Pick<ResolvedCluster, 'name' | 'trustDomain' | 'spire'>): ServerFacts {
  return {
    cluster: name,
    trustDomain,
    namespace: spire.serverNamespace,
    agents: { namespace: spire.agentNamespace, serviceAccount: SPIRE_AGENT.name },
    caTtl: goDuration(spire.caTtl),
  };
}
