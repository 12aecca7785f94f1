/** Knows how an amount of memory is written in a fleet file. */
import type { Format } from './formats';

const MEMORY = /^([1-9][0-9]{0,5})(Mi|Gi)$/;

/** Bounds of a container's memory, in MiB: below the first nothing starts, above the second a number is mistyped. */
const BOUNDS = { from: 128, to: 64 * 1024 } as const;

/** Memory of a container: a whole number of Mi or Gi, from 128Mi to 64Gi. */
export const memory: Format = {
  what: 'an amount of memory',
  example: '512Mi',
  pattern: '^[1-9][0-9]{0,5}(Mi|Gi)$',
  check: (text) => {
    if (!MEMORY.test(text)) return 'write a whole number of Mi or Gi';
    const amount = mebibytes(text);
    return amount < BOUNDS.from || amount > BOUNDS.to ? 'it is not from 128Mi to 64Gi' : undefined;
  },
};

/** A text of that format in MiB, such as `2Gi` as 2048. */
export function mebibytes(text: string): number {
  const [, amount, unit] = MEMORY.exec(text) ?? [];
  return Number(amount) * (unit === 'Gi' ? 1024 : 1);
}
