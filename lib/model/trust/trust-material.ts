/** Knows which files and Secret hold the trust of a cluster, before anyone looks whether they exist. */
import { DEFAULTS, defaultRootFile } from '../../fleet/defaults';
import type { Fleet, FleetCluster } from '../../fleet/schema';
import type { FleetPath } from '../../problems/problem';
import { spireNamespaces } from '../spire/resolve-spire';

export interface TrustMaterial {
  readonly trustDomain: string;
  /** Relative to the fleet file. */
  readonly rootFile: string;
  /** Secret that holds the intermediate, and its namespace. */
  readonly secret: string;
  readonly namespace: string;
}

/** Undefined for a cluster whose server signs with a CA of its own. */
export function trustMaterialOf(fleet: Fleet, cluster: string): TrustMaterial | undefined {
  const written = fleet.clusters[cluster];
  if (written === undefined || written.trust?.bundle !== undefined) {
    return undefined;
  }
  if (written.trust?.root === undefined && written.bundleEndpoint?.profile === 'https_web') {
    return undefined;
  }
  return {
    trustDomain: written.trustDomain,
    rootFile: written.trust?.root ?? defaultRootFile(written.trustDomain),
    secret: written.trust?.secret ?? DEFAULTS.upstreamSecret,
    namespace: spireNamespaces(fleet, cluster).server,
  };
}

/** Where the fleet says what a trust domain is trusted by, or could say it. */
export function placeOfTrust(fleet: Fleet, cluster: string): FleetPath {
  const trust = fleet.clusters[cluster]?.trust;
  const key = trust?.bundle === undefined ? 'root' : 'bundle';
  return ['clusters', cluster, ...(trust?.[key] === undefined ? [] : ['trust', key])];
}

/** Where a cluster says who signs the CA of its server, below the cluster; empty where it says nothing. */
export function placeOfAuthority({ nestedUnder, trust }: FleetCluster): FleetPath {
  if (nestedUnder !== undefined) return ['nestedUnder'];
  return trust?.secret === undefined ? [] : ['trust', 'secret'];
}
