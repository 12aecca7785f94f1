/** Finds trust domains that have a root in common. */
import type { X509Certificate } from 'node:crypto';
import type { FleetPath } from '../../problems/problem';
import { fingerprint, shortFingerprint } from '../trust/certificates';
import { keyFingerprint } from '../trust/public-keys';
import { definePartRule } from './rule';

/** A cluster or partner that has a certificate. */
export interface KeyOwner {
  readonly name: string;
  readonly trustDomain: string;
  readonly place: FleetPath;
  /** Fingerprint of the certificate. */
  readonly fingerprint: string;
  /** Fingerprint of its key. A renewed certificate has the same one: what the key signs verifies under both. */
  readonly key: string;
}

export function keyOwner(
  certificate: X509Certificate,
  owner: Pick<KeyOwner, 'name' | 'trustDomain' | 'place'>,
): KeyOwner {
  return { ...owner, fingerprint: fingerprint(certificate), key: keyFingerprint(certificate) };
}

/** The certificates of one cluster or partner, and who has which key before it. */
export interface KeyClaims {
  readonly claimed: readonly KeyOwner[];
  /** Fingerprint of a key → the first that has it. */
  readonly owners: ReadonlyMap<string, KeyOwner>;
}

export const sharedRoot = definePartRule({
  code: 'shared-root',
  severity: 'error',
  looksFor: 'two trust domains, of the fleet or of partners, whose roots or pinned bundles have a key in common',
  why: 'the server of either trust domain could sign SVIDs of the other, and every peer would accept them.',
  source: 'SPIFFE Trust Domain and Bundle, section 3',
  example: { cluster: 'cluster1', fingerprint: '5B:21:…', first: ['clusters', 'cluster1'] },
  check: ({ claimed, owners }: KeyClaims) => {
    const isForeign = ({ key, trustDomain }: KeyOwner): boolean =>
      (owners.get(key)?.trustDomain ?? trustDomain) !== trustDomain;
    const claim = claimed.find(isForeign);
    const owner = claim && owners.get(claim.key);
    return (
      claim &&
      owner && {
        place: { path: claim.place },
        facts: {
          cluster: owner.name,
          fingerprint: shortFingerprint(claim.fingerprint),
          first: owner.place,
          renewed: owner.fingerprint === claim.fingerprint ? undefined : true,
        },
      }
    );
  },
});
