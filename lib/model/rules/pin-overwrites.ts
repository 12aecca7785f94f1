/** Finds changes of an endpoint that make SPIRE take a pinned bundle in place of a newer one. */
import { defineRule } from './rule';

export const pinOverwrites = defineRule({
  code: 'pin-overwrites',
  severity: 'warning',
  waivable: true,
  looksFor: 'an endpoint with a pinned bundle that has another URL or profile than the last synthesis wrote',
  why: 'the controller manager then updates the whole relationship, and the pinned bundle replaces the one that the server has polled. If the pinned one is out of date, an https_spiffe endpoint can no longer be verified.',
  source: 'spire-controller-manager pkg/spireapi/trustdomainapi.go; spire sqlstore.go updateFederationRelationship',
  example: { peer: 'cluster1' },
  check: ({ clusters, graph, previous }, find) => {
    for (const [name, { written, bundleEndpoint }] of clusters) {
      if (written.trust?.bundle === undefined || bundleEndpoint === undefined) continue;
      for (const peer of graph.trustedBy(name)) {
        const before = previous?.[peer]?.peers[name];
        if (before === undefined) continue;
        if (before.url === bundleEndpoint.url && before.profile === bundleEndpoint.profile) continue;
        find(['clusters', name, 'bundleEndpoint'], { peer });
      }
    }
  },
});
