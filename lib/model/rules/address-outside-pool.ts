/** Finds addresses that no pool of the cluster contains. */
import { isIP } from 'node:net';
import { contains } from '../../formats/ip-ranges';
import { addressClaims, placeOfPool, poolOf } from '../cluster/address-claims';
import { defineRule } from './rule';

export const addressOutsidePool = defineRule({
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
  check: ({ written }, find) => {
    for (const { cluster, address, place, first } of addressClaims(written)) {
      const pool = poolOf(written, cluster);
      // A second claim of an address and a host name have problems of their own.
      if (pool === undefined || first !== undefined || !isIP(address)) continue;
      if (!pool.some((range) => contains(range, address))) find(place, { address, pool, poolAt: placeOfPool(cluster) });
    }
  },
});
