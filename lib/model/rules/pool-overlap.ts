/** Documents the rule against pools that contradict themselves. */
import { documentRule } from './rule';

export const poolOverlap = documentRule({
  code: 'pool-overlap',
  severity: 'error',
  looksFor: 'two ranges of a pool that overlap',
  why: "MetalLB's webhook refuses the pool.",
  source: 'metallb internal/config',
  example: {
    range: '10.0.0.0/24',
    other: '10.0.0.0/16',
    first: ['clusters', 'cluster1', 'loadBalancer', 'metallb', 'addresses', 0],
  },
});
