/** Resolves how a nested SPIRE server reaches the server above it. */
import { DEFAULTS } from '../../fleet/defaults';
import type { Fleet, FleetCluster } from '../../fleet/schema';
import { suggest } from '../../formats/suggest';
import type { FleetPath, Report } from '../../problems/problem';
import { problemAt, problemAtKey } from '../../problems/problem';
import { exposureOf } from '../cluster/resolve-exposure';
import { NESTED_SERVER_SECRET } from '../names';
import type { ResolvedSpire } from '../resolved-fleet';
import { nestedUnder, upperOf } from './nesting';
import type { ResolvedServerApi, ResolvedUpstream } from './resolved-nesting';

/** Reports clusters that are nested under one that does not exist, and keys that do not apply because of nesting. */
export function checkNesting(fleet: Fleet, report: Report): void {
  for (const [name, cluster] of Object.entries(fleet.clusters).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (cluster.nestedUnder !== undefined) {
      checkUpper(fleet, name, cluster.nestedUnder, report);
      refuseOwnTrust(name, cluster, cluster.nestedUnder, report);
    } else if (cluster.serverApi !== undefined && nestedUnder(fleet, name).length === 0) {
      refuse(['clusters', name, 'serverApi'], 'no cluster is nested under this one', report);
    }
  }
}

function checkUpper(fleet: Fleet, name: string, upper: string, report: Report): void {
  if (Object.hasOwn(fleet.clusters, upper)) return;
  const clusters = Object.keys(fleet.clusters).sort();
  const facts = { got: upper, clusters, suggestion: suggest(upper, clusters) };
  report(problemAt(['clusters', name, 'nestedUnder'], 'unknown-cluster', facts));
}

/** Reports keys about the trust domain on a nested cluster. They belong to the cluster above. */
function refuseOwnTrust(name: string, cluster: FleetCluster, upper: string, report: Report): void {
  for (const key of ['trust', 'bundleEndpoint', 'serverApi'] as const) {
    if (cluster[key] === undefined) continue;
    const because = {
      trust: `the server of ${upper} signs the CA of this cluster`,
      bundleEndpoint: `peers poll the bundle endpoint of ${upper}, which serves the keys of both clusters`,
      serverApi: `a cluster cannot be nested under a nested cluster; nest it under ${upper}`,
    }[key];
    refuse(['clusters', name, key], because, report, ['clusters', name, 'nestedUnder']);
  }
}

function refuse(path: FleetPath, because: string, report: Report, other?: FleetPath): void {
  report(problemAtKey(path, 'not-applicable', { key: String(path.at(-1)), because, other }));
}

/** Undefined for a cluster that is not nested, or whose fault is reported. */
export function resolveUpstream(
  fleet: Fleet,
  name: string,
  spireOf: (cluster: string) => ResolvedSpire,
): ResolvedUpstream | undefined {
  const upper = upperOf(fleet, name);
  const api = fleet.clusters[upper]?.serverApi;
  if (upper === name || api === undefined) return undefined;
  return {
    cluster: upper,
    address: api.address,
    port: serverApiPortOf(api),
    agentVersion: spireOf(upper).agentVersion,
    secret: NESTED_SERVER_SECRET,
  };
}

/** Undefined for a cluster that nobody is nested under, or whose fault is reported. */
export function resolveServerApi(
  fleet: Fleet,
  name: string,
  roots: Pick<ResolvedServerApi, 'rootPem' | 'authorities'> | undefined,
): ResolvedServerApi | undefined {
  const api = fleet.clusters[name]?.serverApi;
  if (api === undefined || roots === undefined) return undefined;
  const nested = nestedUnder(fleet, name);
  if (nested.length === 0) return undefined;
  return { ...exposureOf(api), port: serverApiPortOf(api), ...roots, nested };
}

/** Port at which nested servers reach the server above. */
export function serverApiPortOf({ port }: { readonly port?: number }): number {
  return port ?? DEFAULTS.serverApi.port;
}
