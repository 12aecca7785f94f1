/** Parses durations of a fleet file, and renders them for programs in Go. */

/** A limit below that of SPIRE, which stores durations as 64-bit nanoseconds: 292 years. */
export const MAX_SECONDS = 100 * 366 * 86_400;

const SECONDS = { d: 86_400, h: 3_600, m: 60, s: 1 } as const;

/** Parses a duration into seconds: `1h30m` is 5400. */
export function seconds(duration: string): number {
  return [...duration.matchAll(/(\d+)([dhms])/g)].reduce(
    (total, [, count, unit]) => total + Number(count) * SECONDS[unit as keyof typeof SECONDS],
    0,
  );
}

/** Parses an optional duration into seconds. */
export function optionalSeconds(duration: string | undefined): number | undefined {
  return duration === undefined ? undefined : seconds(duration);
}

/** Renders seconds for Go's time.ParseDuration, which has no unit for days: `604800` is `168h`. */
export function goDuration(total: number): string {
  const [hours, minutes, rest] = [Math.floor(total / 3600), Math.floor((total % 3600) / 60), total % 60];
  const text = `${hours > 0 ? `${hours}h` : ''}${minutes > 0 ? `${minutes}m` : ''}${rest > 0 ? `${rest}s` : ''}`;
  return text === '' ? '0s' : text;
}

/** @param total seconds */
export function optionalGoDuration(total: number | undefined): string | undefined {
  return total === undefined ? undefined : goDuration(total);
}
