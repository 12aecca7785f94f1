/** Finds federations that vanished from the fleet without being ended. */
import { defineRule } from './rule';

export const federationEnded = defineRule({
  code: 'federation-ended',
  severity: 'warning',
  waivable: true,
  looksFor: 'a peer that the last synthesis knew and the fleet no longer names, not even with ended: true',
  why: 'SPIRE deletes the relationship but keeps the bundle. An entry that federates with the trust domain then still gives it to its pods.',
  source: 'spire pkg/server/datastore/sqlstore/sqlstore.go deleteFederationRelationship',
  example: { peer: 'cluster2', trustDomain: 'cluster2.demo' },
  check: ({ clusters, graph, previous }, find) => {
    // A name that is misspelt is reported already.
    if (graph.hasUnknownEnds) return;
    for (const name of clusters.keys()) {
      const [now, ended] = [graph.peersOf(name), graph.endedWith(name)];
      for (const [peer, { trustDomain }] of Object.entries(previous?.[name]?.peers ?? {}).sort()) {
        if (now.includes(peer) || ended.includes(peer)) continue;
        find(['clusters', name], { peer, trustDomain }, { atKey: true });
      }
    }
  },
});
