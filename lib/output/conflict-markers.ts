/** Finds what Git leaves in a file when a merge cannot join two changes. */

/** The line at which a conflict begins, from 1; undefined in a text without conflicts. */
export function conflictLine(text: string): number | undefined {
  const at = /^<{7} .*$[\s\S]*^={7}\r?$[\s\S]*^>{7} /m.exec(text)?.index;
  return at === undefined ? undefined : text.slice(0, at).split('\n').length;
}
