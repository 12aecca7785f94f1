/** Finds former trust domains that another cluster or partner has. */
import { defineRule } from './rule';

export const formerTrustDomainInUse = defineRule({
  code: 'former-trust-domain-in-use',
  severity: 'error',
  looksFor:
    'a formerTrustDomain that is now the trust domain of another cluster or of a partner, such as when two clusters swap theirs',
  why: 'the last step of the change deletes the bundle of the former trust domain from every peer. Peers would no longer trust the new owner of the name.',
  source: 'the steps in dist/README.md; spire-server bundle delete',
  example: { trustDomain: 'cluster2.demo', owner: 'cluster2', first: ['clusters', 'cluster2', 'trustDomain'] },
  check: ({ clusters, partners }, find) => {
    const owners = new Map<string, readonly [section: string, name: string]>([
      ...[...partners].map(([name, { trustDomain }]) => [trustDomain, ['partners', name]] as const),
      ...[...clusters].reverse().map(([name, { written }]) => [written.trustDomain, ['clusters', name]] as const),
    ]);
    for (const [name, { written }] of clusters) {
      const { trustDomain: present, formerTrustDomain: trustDomain } = written;
      const owner = trustDomain === undefined ? undefined : owners.get(trustDomain);
      // The present one has a rule of its own.
      if (trustDomain === undefined || owner === undefined || trustDomain === present) continue;
      const first = [...owner, 'trustDomain'];
      find(['clusters', name, 'formerTrustDomain'], { trustDomain, owner: owner[1], first });
    }
  },
});
