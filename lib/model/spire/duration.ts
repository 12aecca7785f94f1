/** Knows how SPIRE reads durations and how it bounds them. */

/** Seconds as Go's time.ParseDuration reads them, which knows no days: `604800` as `168h`. */
export function goDuration(total: number): string {
  const [hours, minutes, rest] = [Math.floor(total / 3600), Math.floor((total % 3600) / 60), total % 60];
  const text = `${hours > 0 ? `${hours}h` : ''}${minutes > 0 ? `${minutes}m` : ''}${rest > 0 ? `${rest}s` : ''}`;
  return text === '' ? '0s' : text;
}

/** Longest life of an SVID, in seconds, under a CA of this life: a sixth of it, and never more than a week. */
export function maxSvidTtl(caTtl: number): number {
  return Math.min(Math.floor(caTtl / 6), 7 * 86_400);
}
