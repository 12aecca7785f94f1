/** Finds trust domains that two clusters or partners claim, each with a CA of its own. */
import type { FleetPath } from '../../problems/problem';
import { type TrustDomainOwner, trustDomainClaims, trustDomainOwners } from '../trust/trust-domain-owners';
import { defineRule } from './rule';

export const duplicateTrustDomain = defineRule({
  code: 'duplicate-trust-domain',
  severity: 'error',
  looksFor:
    'two clusters with the same trustDomain of which none is nested, or a partner with the trustDomain of a cluster or of another partner',
  why: 'the two servers have different CAs, and each refuses what the other signs. A peer can hold only one bundle for each trust domain, and a server refuses to federate with its own.',
  source:
    'spire pkg/server/api/trustdomain/v1/service.go; ClusterFederatedTrustDomain trustDomain is unique; spire-controller-manager pkg/spirefederationrelationship/reconciler.go',
  example: {
    trustDomain: 'example.org',
    owner: 'cluster1',
    first: ['clusters', 'cluster1', 'trustDomain'],
    nestable: true,
  },
  check: ({ written }, find) => {
    const owners = trustDomainOwners(written);
    for (const [trustDomain, claimant] of trustDomainClaims(written)) {
      const owner = owners.get(trustDomain);
      if (owner === undefined || (owner.section === claimant.section && owner.name === claimant.name)) continue;
      const nestable = claimant.section === 'clusters' && owner.section === 'clusters';
      find(placeOf(claimant), { trustDomain, owner: owner.name, first: placeOf(owner), nestable });
    }
  },
});

const placeOf = ({ section, name }: TrustDomainOwner): FleetPath => [section, name, 'trustDomain'];
