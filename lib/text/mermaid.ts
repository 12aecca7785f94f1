/** Escapes text for mermaid, which GitHub and GitLab draw in Markdown. */
import { replaceControlCharacters } from '../problems/control-characters';

/**
 * The lines of a label, in quotes. Quotes keep words like "end" from being read as mermaid; what mermaid reads within
 * quotes as well (HTML, entities, Markdown, directives) is written as entities.
 */
export function mermaidLabel(lines: readonly string[]): string {
  return `"${lines.map(mermaidText).join('<br>')}"`;
}

/** A comment that takes the rest of its line. A brace would begin a directive, which sets options of the drawing. */
export function mermaidComment(text: string): string {
  return `%% ${replaceControlCharacters(text, ' ').replaceAll('{', '(').replaceAll('}', ')')}`;
}

const ENTITIES: Readonly<Record<string, string>> = { '"': '#quot;', '<': '#lt;', '>': '#gt;', '&': '#amp;' };

function mermaidText(text: string): string {
  return replaceControlCharacters(text, ' ').replace(
    /["<>&#\\`%{}]/g,
    (character) => ENTITIES[character] ?? `#${character.codePointAt(0)};`,
  );
}
