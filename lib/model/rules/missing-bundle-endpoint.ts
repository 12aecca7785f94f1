/** Finds clusters that others trust, but that have no bundle endpoint to poll. */
import { defineRule } from './rule';

export const missingBundleEndpoint = defineRule({
  code: 'missing-bundle-endpoint',
  severity: 'error',
  looksFor: 'a cluster that another one trusts and that has no bundleEndpoint',
  why: 'its peers could start with its root, but they would never get its JWT keys or its next root.',
  source: 'SPIFFE Federation, section 5',
  example: { cluster: 'cluster2', peer: 'cluster1', link: ['federation', 0] },
  check: ({ clusters, graph }, find) => {
    for (const [cluster, { bundleEndpoint }] of clusters) {
      const [peer] = graph.trustedBy(cluster);
      if (bundleEndpoint !== undefined || peer === undefined) continue;
      find(['clusters', cluster], { cluster, peer, link: graph.placeOf(peer, cluster) });
    }
  },
});
