/** Finds clusters whose trust domain is not the one that their running SPIRE server has. */
import { defineRule } from './rule';

export const trustDomainRenamed = defineRule({
  code: 'trust-domain-renamed',
  severity: 'error',
  looksFor:
    'another trustDomain than the last synthesis wrote for the cluster, unless formerTrustDomain names that one',
  why: 'the server does not start while its datastore has entries of another trust domain. Policies, peers and SVIDs that name the old one stop matching.',
  source: 'spire pkg/server/server.go validateTrustDomain',
  example: { from: 'cluster1.demo', to: 'cluster-one.demo' },
  check: ({ clusters, previous }, find) => {
    for (const [name, { written }] of clusters) {
      const from = previous?.[name]?.trustDomain;
      const { trustDomain: to, formerTrustDomain } = written;
      if (from !== undefined && from !== to && formerTrustDomain !== from) {
        find(['clusters', name, 'trustDomain'], { from, to });
      }
    }
  },
});
