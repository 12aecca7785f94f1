/** Finds clusters that trust another without being trusted by it. */
import { defineRule } from './rule';

export const oneWayFederation = defineRule({
  code: 'one-way-federation',
  severity: 'warning',
  waivable: true,
  looksFor: 'a federation that is written one way only',
  why: 'mutual TLS takes both: the server verifies the client, the client the server. One direction serves validation of JWT-SVIDs and the like, and is otherwise half a federation.',
  source: 'SPIFFE Federation, section 3',
  example: { trusting: 'cluster1', trusted: 'cluster2' },
  check: ({ graph }, find) => {
    for (const { trusting, trusted, place } of graph.oneWay()) find(place, { trusting, trusted });
  },
});
