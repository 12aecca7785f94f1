/** Escapes text for DOT, the language of Graphviz, which also interprets HTML entities. */
import { replaceControlCharacters } from '../problems/control-characters';

/** Text inside the quotes of a label or an id; line breaks and control characters become spaces. */
export function dotText(text: string): string {
  return replaceControlCharacters(text, ' ')
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replace(/&(?=#?\w+;)/g, '&amp;');
}
