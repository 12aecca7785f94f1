/** Documents the rule against SPIFFE IDs of another trust domain. */
import { documentRule } from './rule';

export const foreignSpiffeId = documentRule({
  code: 'foreign-spiffe-id',
  severity: 'error',
  looksFor: "a SPIFFE ID in another trust domain than its workload's",
  why: 'a server signs for its own trust domain alone; the entry is refused.',
  source: 'spire pkg/server/api/entry/v1/service.go',
  example: { spiffeId: 'spiffe://cluster.1demo/a', trustDomain: 'cluster1.demo' },
});
