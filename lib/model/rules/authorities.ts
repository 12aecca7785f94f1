/** Tells how long the trust in a domain lasts, for the rules that look at it. */
import type { ClusterDraft } from '../fleet-draft';
import type { ResolvedAuthority } from '../resolved-fleet';

/** Shorter than a review and a roll-out take. In seconds. */
const WEEK = 7 * 86_400;

/** The authority that ends last: of two that replace each other, the other one may end. */
export function lastAuthority({ trust, written }: ClusterDraft): ResolvedAuthority | undefined {
  // The cluster above has the same, and it is reported there.
  if (written.nestedUnder !== undefined) return undefined;
  return lastOf(trust.bundle?.authorities ?? []);
}

export function lastOf(authorities: readonly ResolvedAuthority[]): ResolvedAuthority | undefined {
  return [...authorities].sort((a, b) => (a.notAfter < b.notAfter ? -1 : 1)).at(-1);
}

/** Whether a root ends sooner than a CA that its server would issue now. */
export function endsBeforeCa(cluster: ClusterDraft, now: Date): boolean {
  const last = lastAuthority(cluster);
  if (cluster.trust.root === undefined || last === undefined) return false;
  return new Date(last.notAfter).getTime() < now.getTime() + cluster.spire.caTtl * 1000;
}

/** Longest life of a pinned bundle's certificates, in seconds, where none lives longer than a week. */
export function shortLife({ written, trust }: ClusterDraft): number | undefined {
  if (written.trust?.bundle === undefined || trust.bundle === undefined) return undefined;
  const lives = trust.bundle.authorities.map(
    ({ notBefore, notAfter }) => (new Date(notAfter).getTime() - new Date(notBefore).getTime()) / 1000,
  );
  const longest = Math.round(Math.max(...lives));
  return longest <= WEEK ? longest : undefined;
}
