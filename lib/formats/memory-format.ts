/** Knows how an amount of memory is written in a fleet file. */
import type { Format } from './formats';

const PATTERN = '^[1-9][0-9]{0,5}(Mi|Gi)$';
const MEMORY = new RegExp(PATTERN);

/** Bounds of a container's memory: below the first nothing starts, above the second a number is mistyped. */
const BOUNDS = { from: '128Mi', to: '64Gi' } as const;

/** Memory of a container: a whole number of Mi or Gi, from 128Mi to 64Gi. */
export const memory: Format = {
  what: 'an amount of memory',
  example: '512Mi',
  pattern: PATTERN,
  check: (text) => {
    if (!MEMORY.test(text)) return 'write a whole number of Mi or Gi';
    const amount = mebibytes(text);
    return amount < mebibytes(BOUNDS.from) || amount > mebibytes(BOUNDS.to)
      ? `it is not from ${BOUNDS.from} to ${BOUNDS.to}`
      : undefined;
  },
};

/** A text of that format in MiB, such as `2Gi` as 2048. */
export function mebibytes(text: string): number {
  return Number.parseInt(text, 10) * (text.endsWith('Gi') ? 1024 : 1);
}
