/** Lists who holds whose bundle. */
import type { ResolvedCluster, ResolvedFleet, ResolvedPeer } from '../../model/resolved-fleet';

export interface TrustingPair {
  readonly cluster: ResolvedCluster;
  /** Whose bundle the cluster's server holds. */
  readonly peer: ResolvedPeer;
  /** The peer itself; absent for a partner. */
  readonly far?: ResolvedCluster;
}

/** Sorted by cluster, then peer. */
export function pairsOf({ clusters }: ResolvedFleet): readonly TrustingPair[] {
  const byName = new Map(clusters.map((cluster) => [cluster.name, cluster]));
  return clusters.flatMap((cluster) => cluster.peers.map((peer) => ({ cluster, peer, far: byName.get(peer.cluster) })));
}
