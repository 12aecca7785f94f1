/** Guesses which of some known names a person meant. */
import { closest, distance } from 'fastest-levenshtein';

/** The nearest known name, if it is near enough to be a slip of the fingers. */
export function suggest(written: string, known: readonly string[]): string | undefined {
  if (known.length === 0 || written.length > 100) {
    return undefined;
  }
  const nearest = closest(written.toLowerCase(), [...known].sort());
  return distance(written.toLowerCase(), nearest.toLowerCase()) <= Math.ceil(nearest.length / 3) ? nearest : undefined;
}
