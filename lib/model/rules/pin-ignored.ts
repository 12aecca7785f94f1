/** Finds pinned bundles that changed in the repository but that no SPIRE server takes over. */
import { defineRule } from './rule';

export const pinIgnored = defineRule({
  code: 'pin-ignored',
  severity: 'warning',
  waivable: true,
  looksFor: 'a pinned bundle with other certificates than the last synthesis wrote, and the same URL and profile',
  why: 'the controller manager updates a relationship only if its URL or profile changes. It ignores a new bundle in the resource.',
  source: 'spire-controller-manager pkg/spireapi/types.go FederationRelationship.Equal',
  example: { peer: 'cluster1', trustDomain: 'cluster2.demo' },
  check: ({ clusters, graph, previous }, find) => {
    for (const [name, { written, trust, bundleEndpoint }] of clusters) {
      if (written.trust?.bundle === undefined || trust.bundle === undefined) continue;
      const authorities = trust.bundle.authorities.map(({ fingerprint }) => fingerprint).join(' ');
      for (const peer of graph.trustedBy(name)) {
        const before = previous?.[peer]?.peers[name];
        if (before === undefined || before.authorities === authorities) continue;
        // A new URL or profile makes the controller manager write the bundle too. The rule pin-overwrites reports that.
        if (before.url !== bundleEndpoint?.url || before.profile !== bundleEndpoint.profile) continue;
        find(['clusters', name, 'trust', 'bundle'], { peer, trustDomain: before.trustDomain });
      }
    }
  },
});
