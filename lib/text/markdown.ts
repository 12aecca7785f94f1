/** Escapes text for the Markdown of GitHub and GitLab, so that it appears as a person typed it. */
import { replaceControlCharacters } from '../problems/control-characters';

/**
 * Text within one line. It starts no heading, table cell, link, image or HTML element. A bare URL still becomes a link,
 * because it shows where it leads. Line breaks and control characters become spaces.
 */
export function markdownText(text: string): string {
  return (
    replaceControlCharacters(text, ' ')
      .replace(/[\\`*[\]<|~$]/g, '\\$&')
      // Within a word, an underscore is no emphasis; a URL would lead elsewhere with a backslash in it.
      .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\_')
      .replace(/&(?=#?\w+;)/g, '&amp;')
      // Marks of blocks count at the start of a line, a closing row of "#" at the end of a heading.
      .replace(/^\s*[-+>=#]|#(?=\s*$)/g, (mark) => mark.replace(/\S/, '\\$&'))
      .replace(/^(\s*\d{1,9})([.)])/, '$1\\$2')
      // In a comment on a pull request, "@name" sends that person a message. After a letter, as in a mail address, it does not.
      .replace(/(?<!\w)@/g, '@\u200B')
  );
}

/** Content of a table cell. A line break of the text is a line break in the cell; empty lines are left out. */
export function markdownCell(text: string): string {
  return text
    .split(/[\r\n\u0085\u2028\u2029]+/)
    .map((line) => markdownText(line).trim())
    .filter((line) => line !== '')
    .join('<br>');
}

/** A code span, also for text that holds backticks. It is safe in a table cell. */
export function codeSpan(text: string): string {
  const shown = replaceControlCharacters(text, ' ');
  // Parsers of tables disagree about a bar after a backslash.
  if (/\\\|/.test(shown)) return `<code>${asEntities(shown)}</code>`;
  const fence = '`'.repeat(longestRun(shown) + 1);
  const edge = fence.length > 1 ? ' ' : '';
  return `${fence}${edge}${shown.replaceAll('|', '\\|')}${edge}${fence}`;
}

/** Lines of a code block, also for text that holds such blocks. */
export function codeBlock(language: string, text: string): readonly string[] {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return [`${fence}${language}`, text, fence];
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, { length }) => Math.max(longest, length), 0);
}

function asEntities(text: string): string {
  return text.replace(/[^A-Za-z0-9 ]/gu, (character) => `&#${character.codePointAt(0)};`);
}
