/** The upstream authority that a fleet chooses for a cluster, and its place in the fleet. */
import type { Fleet, FleetCluster } from '../../fleet/schema';
import type { FleetPath } from '../../problems/problem';
import { chosen } from '../../spire-plugins/choice';
import type { Choice } from '../../spire-plugins/plugin';
import { DEFAULT_UPSTREAM_AUTHORITY } from '../../spire-plugins/upstream-authority/catalog';

/** `trust.secret` is short for the authority that reads a Secret. Undefined where the cluster says nothing. */
export function chosenAuthority({ clusters }: Pick<Fleet, 'clusters'>, cluster: string): Choice | undefined {
  const { secret, authority } = clusters[cluster]?.trust ?? {};
  if (authority !== undefined) return chosen(authority);
  return secret === undefined ? undefined : { key: DEFAULT_UPSTREAM_AUTHORITY.key, settings: { name: secret } };
}

/** Below the cluster; empty where it says nothing. */
export function placeOfAuthority({ nestedUnder, trust }: FleetCluster): FleetPath {
  if (nestedUnder !== undefined) return ['nestedUnder'];
  if (trust?.authority !== undefined) return ['trust', 'authority'];
  return trust?.secret === undefined ? [] : ['trust', 'secret'];
}
