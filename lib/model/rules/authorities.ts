/** How long the authorities of a trust domain are valid, for the rules about their end. */
import type { ClusterDraft } from '../fleet-draft';
import type { ResolvedAuthority } from '../resolved-fleet';

/** A time that is too short to review and roll out a change, in seconds. */
const WEEK = 7 * 86_400;

/** The authority that expires last. The others can expire, since it replaces them. */
export function lastAuthority({ trust, written }: ClusterDraft): ResolvedAuthority | undefined {
  // A nested cluster has the authorities of the cluster above, which is reported instead.
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
