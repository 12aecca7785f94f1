/** Documents the rule against workloads with the same SPIFFE ID. */
import { documentRule } from './rule';

export const identityShared = documentRule({
  code: 'identity-shared',
  severity: 'error',
  looksFor: 'two workloads with one SPIFFE ID',
  why: 'whoever may be called by one may be called by the other; policies cannot tell them apart.',
  source: 'SPIFFE ID, section 2',
  example: { spiffeId: 'spiffe://cluster1.demo/a', other: 'shop', first: ['workloads', 'shop'] },
});
