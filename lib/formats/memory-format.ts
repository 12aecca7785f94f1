/** The format of an amount of memory in a fleet file. */
import type { Format } from './formats';

const PATTERN = '^[1-9][0-9]{0,5}(Mi|Gi)$';
const MEMORY = new RegExp(PATTERN);

/** Bounds of a container's memory. With less, nothing starts; with more, the number is most likely a mistake. */
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
      ? `it is outside the range from ${BOUNDS.from} to ${BOUNDS.to}`
      : undefined;
  },
};

/** Converts an amount of memory to MiB: `2Gi` is 2048. */
export function mebibytes(text: string): number {
  return Number.parseInt(text, 10) * (text.endsWith('Gi') ? 1024 : 1);
}
