/** Says of a name that nothing has which one the person may have meant, or which names there are. */

import { suggest } from '../fleet/suggest';
import { visible } from '../problems/control-characters';
import { some } from '../review/shorten-list';

/** As many as a person reads. */
const MOST_NAMES = 30;

/** @param what kind of thing that was named, as `cluster` */
export function unknownName(what: string, name: string, known: readonly string[]): string {
  const suggestion = suggest(name, known);
  const hint =
    suggestion === undefined ? `there are: ${some(known, MOST_NAMES).join(', ')}` : `did you mean "${suggestion}"?`;
  return `no ${what} is named "${visible(name)}"; ${hint}`;
}
