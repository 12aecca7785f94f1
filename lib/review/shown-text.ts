/** Makes text of an output fit to be shown: nothing of it moves a cursor, and of many lines some are told. */

/** Control characters, of a file that somebody edited, become the mark. */
export function visible(text: string, mark = '\uFFFD'): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, mark);
}

/** The first of a list, and how many more there are. */
export function some(list: readonly string[], most: number): readonly string[] {
  return list.length > most ? [...list.slice(0, most), `… and ${list.length - most} more`] : list;
}
