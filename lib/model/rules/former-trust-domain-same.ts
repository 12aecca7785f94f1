/** Finds clusters whose former trust domain is the current one. */
import { defineRule } from './rule';

export const formerTrustDomainSame = defineRule({
  code: 'former-trust-domain-same',
  severity: 'error',
  looksFor: 'a formerTrustDomain that is also the trustDomain of the cluster',
  why: 'the steps of the change would delete the volume of a server that needs no change.',
  source: 'the steps in dist/README.md',
  example: { trustDomain: 'cluster1.demo' },
  check: ({ clusters }, find) => {
    for (const [name, { written }] of clusters) {
      const { trustDomain, formerTrustDomain } = written;
      if (formerTrustDomain === trustDomain) find(['clusters', name, 'formerTrustDomain'], { trustDomain });
    }
  },
});
