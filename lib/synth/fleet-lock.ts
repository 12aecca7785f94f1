/** Writes and reads what a running fleet cannot simply change, so that the next synthesis can tell what a change would do. */
import type { PreviousCluster, PreviousFleet } from '../model/previous-fleet';
import type { ResolvedCluster, ResolvedFleet, ResolvedPeer } from '../model/resolved-fleet';
import { notice } from './output-file';

/** Beside the clusters' folders: nothing applies it. */
export const LOCK_FILE = 'fleet.lock.yaml';

/** YAML in which each cluster is one line of JSON: quick to read back, and one line in a diff. */
export function renderLock(fleet: ResolvedFleet, fleetFile: string): string {
  const lines = fleet.clusters.map((cluster) => `${JSON.stringify(cluster.name)}: ${JSON.stringify(lockOf(cluster))}`);
  return [`# ${notice(fleetFile)}`, '# What the next synthesis compares with.', ...lines, ''].join('\n');
}

/** Undefined for a text that this program did not write, or that lost its clusters; what an older version left out is missing. */
export function readLock(text: string): PreviousFleet | undefined {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  // No fleet is without a cluster.
  if (lines.length === 0) return undefined;
  try {
    return JSON.parse(`{${lines.join(',')}}`) as PreviousFleet;
  } catch {
    return undefined;
  }
}

function lockOf({ trustDomain, spire, istio, peers }: ResolvedCluster): PreviousCluster {
  return {
    trustDomain,
    spire: spire.serverVersion,
    agent: spire.agentVersion,
    istio: istio?.version,
    serverNamespace: spire.serverNamespace,
    storage: spire.storage,
    peers: Object.fromEntries(peers.map((peer) => [peer.cluster, lockOfPeer(peer)])),
  };
}

function lockOfPeer({ trustDomain, url, profile, bundle }: ResolvedPeer): PreviousCluster['peers'][string] {
  const authorities = (bundle?.authorities ?? []).map(({ fingerprint }) => fingerprint).join(' ');
  return { trustDomain, url, profile, authorities };
}
