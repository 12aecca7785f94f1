/** Cuts a list short for whoever reads it. */

/** The first of a list, and how many more there are. */
export function some(list: readonly string[], most: number): readonly string[] {
  return list.length > most ? [...list.slice(0, most), `… and ${list.length - most} more`] : list;
}
