/** Finds trust domains that two know nothing of each other and both call theirs. */
import type { FleetPath } from '../../problems/problem';
import { defineRule } from './rule';

export const duplicateTrustDomain = defineRule({
  code: 'duplicate-trust-domain',
  severity: 'error',
  looksFor:
    'two clusters with the same trustDomain of which none is nested, or a partner with that of a cluster or of another partner',
  why: 'each server has a CA of its own; what one signs the other refuses. A server holds one bundle for each name, of two resources the controller manager takes one, and a server refuses to federate with its own trust domain.',
  source:
    'spire pkg/server/api/trustdomain/v1/service.go; ClusterFederatedTrustDomain trustDomain is unique; spire-controller-manager pkg/spirefederationrelationship/reconciler.go',
  example: {
    trustDomain: 'example.org',
    owner: 'cluster1',
    first: ['clusters', 'cluster1', 'trustDomain'],
    nestable: true,
  },
  check: ({ clusters, partners }, find) => {
    const owners = new Map<string, Owner>();
    const claim = (trustDomain: string, owner: Owner): void => {
      const earlier = owners.get(trustDomain);
      owners.set(trustDomain, earlier ?? owner);
      if (earlier === undefined) return;
      const nestable = owner.section === 'clusters' && earlier.section === 'clusters';
      find(placeOf(owner), { trustDomain, owner: earlier.name, first: placeOf(earlier), nestable });
    };
    for (const [name, { written }] of clusters) {
      // One that is nested has the trust domain of the one above, or a fault of its own.
      if (written.nestedUnder === undefined) claim(written.trustDomain, { section: 'clusters', name });
    }
    for (const [name, { trustDomain }] of partners) claim(trustDomain, { section: 'partners', name });
  },
});

interface Owner {
  readonly section: 'clusters' | 'partners';
  readonly name: string;
}

const placeOf = ({ section, name }: Owner): FleetPath => [section, name, 'trustDomain'];
