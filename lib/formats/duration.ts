/** Reads durations as a fleet file writes them, and writes them for programs in Go. */

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

/** Seconds as Go's time.ParseDuration reads them, which knows no days: `604800` as `168h`. */
export function goDuration(total: number): string {
  const [hours, minutes, rest] = [Math.floor(total / 3600), Math.floor((total % 3600) / 60), total % 60];
  const text = `${hours > 0 ? `${hours}h` : ''}${minutes > 0 ? `${minutes}m` : ''}${rest > 0 ? `${rest}s` : ''}`;
  return text === '' ? '0s' : text;
}
