/** Finds pinned bundles that changed in the repository and will not change in SPIRE. */
import type { FleetDraft } from '../fleet-draft';
import type { PreviousPeer } from '../previous-fleet';
import { defineRule } from './rule';

export const pinIgnored = defineRule({
  code: 'pin-ignored',
  severity: 'warning',
  waivable: true,
  looksFor: 'a pinned bundle with other certificates than the last synthesis wrote, and the same URL',
  why: 'the controller manager updates a relationship only if its URL or profile changes. It ignores a new bundle in the resource.',
  source: 'spire-controller-manager pkg/spireapi/types.go FederationRelationship.Equal',
  example: { peer: 'cluster1', trustDomain: 'cluster2.demo' },
  check: (draft, find) => {
    for (const { pinned, peer, before } of repinned(draft)) {
      if (before.url !== draft.clusters.get(pinned)?.bundleEndpoint?.url) continue;
      find(['clusters', pinned, 'trust', 'bundle'], { peer, trustDomain: before.trustDomain });
    }
  },
});

/** Peers that were seeded with another bundle than the one that is pinned now. */
function* repinned({ clusters, graph, previous }: FleetDraft): Generator<{
  readonly pinned: string;
  readonly peer: string;
  readonly before: PreviousPeer;
}> {
  for (const [pinned, { written, trust }] of clusters) {
    if (written.trust?.bundle === undefined || trust.bundle === undefined) continue;
    const authorities = trust.bundle.authorities.map(({ fingerprint }) => fingerprint).join(' ');
    for (const peer of graph.trustedBy(pinned)) {
      const before = previous?.[peer]?.peers[pinned];
      if (before !== undefined && before.authorities !== authorities) yield { pinned, peer, before };
    }
  }
}
