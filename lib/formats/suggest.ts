/** Guesses which of some known names a person meant. */
import { closest, distance } from 'fastest-levenshtein';

/** The nearest known name, if it is near enough to be a slip of the fingers; upper and lower case count as the same. */
export function suggest(written: string, known: readonly string[]): string | undefined {
  if (known.length === 0 || written.length > 100) {
    return undefined;
  }
  const byLowerCase = new Map([...known].sort().map((name) => [name.toLowerCase(), name]));
  const nearest = closest(written.toLowerCase(), [...byLowerCase.keys()]);
  const near = distance(written.toLowerCase(), nearest) <= Math.ceil(nearest.length / 3);
  return near ? byLowerCase.get(nearest) : undefined;
}
