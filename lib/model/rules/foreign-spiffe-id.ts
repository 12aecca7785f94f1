/** Finds SPIFFE IDs of another trust domain. */
import { isIn } from '../spire/spiffe-id';
import { defineRule } from './rule';

export const foreignSpiffeId = defineRule({
  code: 'foreign-spiffe-id',
  severity: 'error',
  looksFor: 'a SPIFFE ID of a workload or of a partner that is in another trust domain',
  why: 'a SPIRE server signs for its own trust domain only, and refuses an entry with another one.',
  source: 'spire pkg/server/api/entry/v1/service.go',
  example: { spiffeId: 'spiffe://cluster.1demo/a', trustDomain: 'cluster1.demo' },
  check: ({ workloads, partners }, find) => {
    for (const { written, spiffeId, trustDomain, place } of workloads) {
      if (written.spiffeId === undefined || isIn(trustDomain, spiffeId)) continue;
      find([...place, 'spiffeId'], { spiffeId, trustDomain });
    }
    for (const [name, { endpointSpiffeId, gateway, trustDomain }] of partners) {
      for (const [key, spiffeId] of [
        ['bundleEndpoint', endpointSpiffeId],
        ['gateway', gateway?.spiffeId],
      ] as const) {
        if (spiffeId === undefined || isIn(trustDomain, spiffeId)) continue;
        find(['partners', name, key, 'spiffeId'], { spiffeId, trustDomain });
      }
    }
  },
});
