/** Writes durations as the programs that SPIRE and Istio are made of read them. */

/** Seconds as Go's time.ParseDuration reads them, which knows no days: `604800` as `168h`. */
export function goDuration(total: number): string {
  const [hours, minutes, rest] = [Math.floor(total / 3600), Math.floor((total % 3600) / 60), total % 60];
  const text = `${hours > 0 ? `${hours}h` : ''}${minutes > 0 ? `${minutes}m` : ''}${rest > 0 ? `${rest}s` : ''}`;
  return text === '' ? '0s' : text;
}
