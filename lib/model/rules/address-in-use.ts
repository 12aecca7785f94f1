/** Finds addresses that two Services ask for. */
import { addressClaims } from '../cluster/address-claims';
import { defineRule } from './rule';

export const addressInUse = defineRule({
  code: 'address-in-use',
  severity: 'error',
  looksFor: 'an address that two Services of type LoadBalancer ask for',
  why: 'MetalLB gives the address to one Service. The other stays pending, and peers cannot reach it. Two Services can share an address only with an annotation, which the output does not set.',
  source: 'https://metallb.io/usage/#ip-address-sharing',
  example: { address: '172.16.17.9', first: ['clusters', 'cluster1', 'gateway', 'address'] },
  check: ({ written }, find) => {
    for (const { address, place, first } of addressClaims(written)) {
      if (first !== undefined) find(place, { address, first });
    }
  },
});
