/** Documents the rule against federations that name a nested cluster in place of its trust domain. */
import { documentRule } from './rule';

export const nestedInFederation = documentRule({
  code: 'nested-in-federation',
  severity: 'error',
  looksFor: 'a federation that names a nested cluster',
  why: 'trust domains federate, and the cluster above stands for this one: peers poll its endpoint, and the nested server trusts whom it trusts.',
  source: 'SPIFFE Federation, section 3; ClusterFederatedTrustDomain trustDomain is unique',
  example: { cluster: 'cluster2', upper: 'cluster1' },
});
