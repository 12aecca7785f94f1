/** Finds clusters that federate with themselves. */
import { defineRule } from './rule';

export const selfFederation = defineRule({
  code: 'self-federation',
  severity: 'error',
  looksFor: 'a cluster that federates with itself',
  why: 'a SPIRE server refuses a relationship with its own trust domain.',
  source: 'spire pkg/server/api/trustdomain/v1/service.go',
  example: { cluster: 'cluster1' },
  check: ({ graph }, find) => {
    for (const { cluster, place } of graph.selfFederations()) find(place, { cluster });
  },
});
