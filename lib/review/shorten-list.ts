/** The first `most` entries of a list, then the number of the others. */
export function shortenList(list: readonly string[], most: number): readonly string[] {
  return list.length > most ? [...list.slice(0, most), `… and ${list.length - most} more`] : list;
}
