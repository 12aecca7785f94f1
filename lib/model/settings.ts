/** The effective value of a setting that both the fleet and a cluster can have, and its place. */
import type { Fleet, FleetSpire } from '../fleet/schema';
import type { FleetPath } from '../problems/problem';

type Section = 'versions' | 'spire' | 'istio';
type Values<Name extends Section> = NonNullable<Fleet[Name]>;

export interface Setting<Value> {
  readonly value: Value | undefined;
  /** Where it was written; where it could be written if nowhere. */
  readonly place: FleetPath;
}

/** A cluster's own value wins over the fleet's, key by key. */
export function setting<Name extends Section, Key extends keyof Values<Name> & string>(
  fleet: Fleet,
  cluster: string,
  section: Name,
  key: Key,
): Setting<Values<Name>[Key]> {
  const own = (fleet.clusters[cluster]?.[section] as Values<Name> | undefined)?.[key];
  if (own !== undefined) {
    return { value: own, place: ['clusters', cluster, section, key] };
  }
  const shared = (fleet[section] as Values<Name> | undefined)?.[key];
  return { value: shared, place: shared === undefined ? ['clusters', cluster] : [section, key] };
}

type ServerSettings = NonNullable<FleetSpire['server']>;

/** Key by key: a cluster that has another key manager keeps the fleet's datastore. */
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
