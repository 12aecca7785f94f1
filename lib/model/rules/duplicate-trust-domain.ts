/** Finds two clusters of one trust domain whose servers know nothing of each other. */
import { defineRule } from './rule';

export const duplicateTrustDomain = defineRule({
  code: 'duplicate-trust-domain',
  severity: 'error',
  looksFor: 'two clusters with the same trustDomain of which none is nested',
  why: 'each server has a CA of its own; what one signs the other refuses, a third can hold only one bundle under the name, and a server refuses to federate with its own trust domain.',
  source: 'spire pkg/server/api/trustdomain/v1/service.go; ClusterFederatedTrustDomain trustDomain is unique',
  example: { trustDomain: 'example.org', cluster: 'cluster1', first: ['clusters', 'cluster1', 'trustDomain'] },
  check: ({ clusters }, find) => {
    const owners = new Map<string, string>();
    for (const [name, { written }] of clusters) {
      // One that is nested has the trust domain of the one above, or a fault of its own.
      if (written.nestedUnder !== undefined) continue;
      const { trustDomain } = written;
      const cluster = owners.get(trustDomain);
      owners.set(trustDomain, cluster ?? name);
      if (cluster !== undefined) {
        find(['clusters', name, 'trustDomain'], { trustDomain, cluster, first: ['clusters', cluster, 'trustDomain'] });
      }
    }
  },
});
