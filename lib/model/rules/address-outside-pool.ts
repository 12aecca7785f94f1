/** Documents the rule against addresses that no pool has. */
import { documentRule } from './rule';

export const addressOutsidePool = documentRule({
  code: 'address-outside-pool',
  severity: 'error',
  looksFor: "an address outside of the cluster's pool",
  why: 'MetalLB leaves the Service pending.',
  source: 'https://metallb.io/usage/',
  example: {
    address: '172.16.17.99',
    pool: ['172.16.17.9/32'],
    poolAt: ['clusters', 'cluster1', 'loadBalancer', 'metallb', 'addresses'],
  },
});
