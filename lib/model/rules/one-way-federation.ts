/** Finds clusters that trust another without being trusted by it. */
import { defineRule } from './rule';

export const oneWayFederation = defineRule({
  code: 'one-way-federation',
  severity: 'warning',
  waivable: true,
  looksFor: 'a federation in one direction only',
  why: 'mutual TLS needs both directions: the server verifies the client, and the client verifies the server. One direction is enough for validating JWT-SVIDs.',
  source: 'SPIFFE Federation, section 3',
  example: { trusting: 'cluster1', trusted: 'cluster2' },
  check: ({ graph }, find) => {
    for (const { trusting, trusted, place } of graph.oneWay()) find(place, { trusting, trusted });
  },
});
