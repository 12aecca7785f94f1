/** The pairs of a cluster and a peer whose bundle the cluster holds. */
import type { ResolvedCluster, ResolvedFleet, ResolvedPeer } from '../../model/resolved-fleet';

export interface TrustingPair {
  readonly cluster: ResolvedCluster;
  /** The peer whose bundle the cluster's server holds. */
  readonly peer: ResolvedPeer;
  /** The cluster of the peer; absent for a partner. */
  readonly far?: ResolvedCluster;
}

/** Sorted by cluster, then peer. */
export function pairsOf({ clusters }: ResolvedFleet): readonly TrustingPair[] {
  const byName = new Map(clusters.map((cluster) => [cluster.name, cluster]));
  return clusters.flatMap((cluster) => cluster.peers.map((peer) => ({ cluster, peer, far: byName.get(peer.cluster) })));
}
