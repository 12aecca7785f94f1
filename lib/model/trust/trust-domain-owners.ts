/** The owner of each trust domain, even if several clusters and partners claim it. */
import type { Fleet } from '../../fleet/schema';

/** A cluster or partner of the fleet. */
export interface TrustDomainOwner {
  readonly section: 'clusters' | 'partners';
  readonly name: string;
}

/** Every claim of a trust domain, clusters first, each section sorted by name. A nested cluster claims none of its own. */
export function trustDomainClaims({
  clusters,
  partners = {},
}: Fleet): readonly (readonly [string, TrustDomainOwner])[] {
  const claims = (section: TrustDomainOwner['section'], entries: Readonly<Record<string, Claimant>>) =>
    Object.entries(entries)
      .filter(([, { nestedUnder }]) => nestedUnder === undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { trustDomain }]) => [trustDomain, { section, name }] as const);
  return [...claims('clusters', clusters), ...claims('partners', partners)];
}

interface Claimant {
  readonly trustDomain: string;
  readonly nestedUnder?: string;
}

/** The first claim of each trust domain; every further one is a fault. */
export function trustDomainOwners(fleet: Fleet): ReadonlyMap<string, TrustDomainOwner> {
  const owners = new Map<string, TrustDomainOwner>();
  for (const [trustDomain, owner] of trustDomainClaims(fleet)) {
    if (!owners.has(trustDomain)) owners.set(trustDomain, owner);
  }
  return owners;
}
