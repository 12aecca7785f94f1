/** Documents the rule against addresses that two Services want. */
import { documentRule } from './rule';

export const addressInUse = documentRule({
  code: 'address-in-use',
  severity: 'error',
  looksFor: 'an address that two Services of type LoadBalancer are to have',
  why: 'MetalLB gives it to one, the other stays pending and its peers never reach it. Services share an address only with an annotation that is not written here.',
  source: 'https://metallb.io/usage/#ip-address-sharing',
  example: { address: '172.16.17.9', first: ['clusters', 'cluster1', 'gateway', 'address'] },
});
