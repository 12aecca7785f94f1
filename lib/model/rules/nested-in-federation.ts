/** Finds federations that name a nested cluster. */
import { defineRule } from './rule';

export const nestedInFederation = defineRule({
  code: 'nested-in-federation',
  severity: 'error',
  looksFor: 'a federation that names a nested cluster',
  why: 'trust domains federate, not clusters. Peers poll the endpoint of the cluster above, and the nested server trusts the same peers.',
  source: 'SPIFFE Federation, section 3; ClusterFederatedTrustDomain trustDomain is unique',
  example: { cluster: 'cluster2', upper: 'cluster1' },
  check: ({ graph }, find) => {
    for (const { cluster, place } of graph.nestedMembers()) find(place, { cluster, upper: graph.standsFor(cluster) });
  },
});
