/** The message for an unknown name: a similar name, or the list of known names. */

import { suggest } from '../formats/suggest';
import { replaceControlCharacters } from '../problems/control-characters';
import { shortenList } from '../review/shorten-list';

/** Maximum number of names in the message. */
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
