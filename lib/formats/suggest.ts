/** Suggests the known name that is closest to a misspelt one. */
import { closest, distance } from 'fastest-levenshtein';

/** The closest known name, if it is close enough to be a typing error. Ignores case. */
export function suggest(written: string, known: readonly string[]): string | undefined {
  if (known.length === 0 || written.length > 100) {
    return undefined;
  }
  const byLowerCase = new Map([...known].sort().map((name) => [name.toLowerCase(), name]));
  const nearest = closest(written.toLowerCase(), [...byLowerCase.keys()]);
  const near = distance(written.toLowerCase(), nearest) <= Math.ceil(nearest.length / 3);
  return near ? byLowerCase.get(nearest) : undefined;
}
