/**
 * Replaces control characters in text from other people before it is printed. Such characters can move the cursor, forge
 * a line or reverse the direction of writing; lone surrogates cannot be encoded at all.
 */

/** Replaces each control character, including tabs and line breaks, with `mark`. */
export function replaceControlCharacters(text: string, mark = '\uFFFD'): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, mark);
}

/** The same, but keeps tabs, which people use to indent. */
export function replaceControlCharactersExceptTabs(text: string): string {
  return text
    .split('\t')
    .map((part) => replaceControlCharacters(part))
    .join('\t');
}

/** The same for a text of several lines: keeps tabs and line breaks. */
export function replaceControlCharactersInLines(text: string): string {
  return text.split('\n').map(replaceControlCharactersExceptTabs).join('\n');
}

/** Indented JSON with control characters escaped, so that a parser still reads the exact value. */
export function renderEscapedJson(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replace(/[\u007F-\u009F\p{Cf}\u2028\u2029]/gu, (character) =>
    [...Array(character.length).keys()]
      .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
