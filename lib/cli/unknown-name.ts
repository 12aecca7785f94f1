/** Says of a name that nothing has which one the person may have meant, or which names there are. */

import { suggest } from '../formats/suggest';
import { replaceControlCharacters } from '../problems/control-characters';
import { shortenList } from '../review/shorten-list';

/** As many as a person reads. */
const MOST_NAMES = 30;

/** @param what kind of thing that was named, as `cluster` */
export function unknownName(what: string, name: string, known: readonly string[]): string {
  const suggestion = suggest(name, known);
  const hint =
    suggestion === undefined
      ? `there are: ${shortenList(known, MOST_NAMES).join(', ')}`
      : `did you mean "${suggestion}"?`;
  return `no ${what} is named "${replaceControlCharacters(name)}"; ${hint}`;
}
