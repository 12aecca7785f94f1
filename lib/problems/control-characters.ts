/** Knows which characters could move the cursor, forge a line or turn the writing around where a text is shown, or cannot be written at all. */

/** Each such character, a tab among them, becomes the mark. */
export function visible(text: string, mark = '\uFFFD'): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, mark);
}

/** The same but for tabs, which indent the source lines of people. */
export function visibleWithTabs(text: string): string {
  return text
    .split('\t')
    .map((part) => visible(part))
    .join('\t');
}

/** The same of several lines: whatever a command prints may hold a text that somebody else wrote. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visibleWithTabs).join('\n');
}

/** JSON, indented, in which such characters are escaped: what it says stays exact. */
export function visibleJson(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replace(/[\u007F-\u009F\p{Cf}\u2028\u2029]/gu, (character) =>
    [...Array(character.length).keys()]
      .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
