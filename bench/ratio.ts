/** A ratio of two measurements, its limit, and how both are printed. */

export interface Ratio {
  /** Name of the ratio: dividend and divisor. */
  readonly name: string;
  readonly value: number;
  readonly limit: number;
  readonly relation: 'at most' | 'at least';
}

export function atMost(limit: number, name: string, value: number): Ratio {
  return { name, value, limit, relation: 'at most' };
}

export function atLeast(limit: number, name: string, value: number): Ratio {
  return { name, value, limit, relation: 'at least' };
}

/** @param room factor by which a limit may be missed on a shared machine */
export function holds({ value, limit, relation }: Ratio, room = 1): boolean {
  return relation === 'at most' ? value <= limit * room : value * room >= limit;
}

export function show(ratio: Ratio): string {
  const { name, value, limit, relation } = ratio;
  return `${holds(ratio) ? ' ' : '!'} ${name.padEnd(72)} ${value.toFixed(2).padStart(8)}   ${relation} ${limit}`;
}
