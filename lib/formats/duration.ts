/** Reads durations as a fleet file writes them. */

/** SPIRE reads durations in nanoseconds of 64 bits, which end at 292 years. */
export const MAX_SECONDS = 100 * 366 * 86_400;

const SECONDS = { d: 86_400, h: 3_600, m: 60, s: 1 } as const;

/** `1h30m` as 5400. */
export function seconds(duration: string): number {
  return [...duration.matchAll(/(\d+)([dhms])/g)].reduce(
    (total, [, count, unit]) => total + Number(count) * SECONDS[unit as keyof typeof SECONDS],
    0,
  );
}
