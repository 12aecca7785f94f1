/** Finds changes of an endpoint that make SPIRE take a pinned bundle in place of a newer one. */
import { defineRule } from './rule';

export const pinOverwrites = defineRule({
  code: 'pin-overwrites',
  severity: 'warning',
  waivable: true,
  looksFor: 'another URL or profile than the last synthesis wrote, of an endpoint whose bundle is pinned',
  why: 'the update carries the whole relationship, bundle included: what was polled since is replaced by the pin, and with https_spiffe a stale one cannot authenticate the endpoint any more.',
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
