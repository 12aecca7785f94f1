/** Finds changes of an endpoint that make SPIRE replace a newer bundle with the pinned one. */
import type { PreviousPeer } from '../previous-fleet';
import { defineRule } from './rule';

export const pinOverwrites = defineRule({
  code: 'pin-overwrites',
  severity: 'warning',
  waivable: true,
  looksFor: 'an endpoint with a pinned bundle that has another URL or profile than the last synthesis wrote',
  why: 'the controller manager then updates the whole relationship, and the pinned bundle replaces the one that the server has polled. If the pinned one is out of date, an https_spiffe endpoint can no longer be verified.',
  source: 'spire-controller-manager pkg/spireapi/trustdomainapi.go; spire sqlstore.go updateFederationRelationship',
  example: { cluster: 'cluster2', peer: 'cluster1', changed: 'URL' },
  check: ({ clusters, graph, previous }, find) => {
    for (const [name, { written, bundleEndpoint }] of clusters) {
      if (written.trust?.bundle === undefined || bundleEndpoint === undefined) continue;
      for (const peer of graph.trustedBy(name)) {
        const changed = changeOf(previous?.[peer]?.peers[name], bundleEndpoint);
        if (changed !== undefined) find(['clusters', name, 'bundleEndpoint'], { cluster: name, peer, changed });
      }
    }
  },
});

/** What changed of an endpoint since the last synthesis. Undefined for a new peer, and where nothing changed. */
function changeOf(before: PreviousPeer | undefined, now: Pick<PreviousPeer, 'url' | 'profile'>) {
  if (before === undefined) return undefined;
  if (before.url !== now.url) return 'URL';
  return before.profile === now.profile ? undefined : 'profile';
}
