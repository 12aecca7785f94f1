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

/** Groups of settings in `spire` that a cluster overrides key by key. */
type Part = 'server' | 'agent' | 'controllerManager' | 'telemetry';
type PartValues<Name extends Part> = NonNullable<FleetSpire[Name]>;

function partSetting<Name extends Part, Key extends keyof PartValues<Name> & string>(
  fleet: Fleet,
  cluster: string,
  part: Name,
  key: Key,
): Setting<PartValues<Name>[Key]> {
  const own = (fleet.clusters[cluster]?.spire?.[part] as PartValues<Name> | undefined)?.[key];
  if (own !== undefined) return { value: own, place: ['clusters', cluster, 'spire', part, key] };
  const shared = (fleet.spire?.[part] as PartValues<Name> | undefined)?.[key];
  return { value: shared, place: shared === undefined ? ['clusters', cluster] : ['spire', part, key] };
}

/** Key by key: a cluster that has another key manager keeps the fleet's datastore. */
export function serverSetting<Key extends keyof PartValues<'server'> & string>(
  fleet: Fleet,
  cluster: string,
  key: Key,
): Setting<PartValues<'server'>[Key]> {
  return partSetting<'server', Key>(fleet, cluster, 'server', key);
}

/** Key by key, like those of the server. */
export function agentSetting<Key extends keyof PartValues<'agent'> & string>(
  fleet: Fleet,
  cluster: string,
  key: Key,
): Setting<PartValues<'agent'>[Key]> {
  return partSetting<'agent', Key>(fleet, cluster, 'agent', key);
}

/** Key by key, like those of the server. */
export function controllerManagerSetting<Key extends keyof PartValues<'controllerManager'> & string>(
  fleet: Fleet,
  cluster: string,
  key: Key,
): Setting<PartValues<'controllerManager'>[Key]> {
  return partSetting<'controllerManager', Key>(fleet, cluster, 'controllerManager', key);
}

/** Key by key: a cluster with a Prometheus of its own keeps the fleet's other collectors. */
export function telemetrySetting<Key extends keyof PartValues<'telemetry'> & string>(
  fleet: Fleet,
  cluster: string,
  key: Key,
): Setting<PartValues<'telemetry'>[Key]> {
  return partSetting<'telemetry', Key>(fleet, cluster, 'telemetry', key);
}
