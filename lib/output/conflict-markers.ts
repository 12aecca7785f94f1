/** Finds the conflict markers that Git writes into a file when a merge fails. */

/** The line at which the first conflict begins, counted from 1; undefined in a text without conflicts. */
export function conflictLine(text: string): number | undefined {
  const at = /^<{7} .*$[\s\S]*^={7}\r?$[\s\S]*^>{7} /m.exec(text)?.index;
  return at === undefined ? undefined : text.slice(0, at).split('\n').length;
}
