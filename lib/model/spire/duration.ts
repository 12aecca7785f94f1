/** How SPIRE bounds durations. */

/** Longest life of an SVID, in seconds, under a CA of this life: a sixth of it, and never more than a week. */
export function maxSvidTtl(caTtl: number): number {
  return Math.min(Math.floor(caTtl / 6), 7 * 86_400);
}
