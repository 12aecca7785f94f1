/** Writes names and text into DOT, the language of Graphviz, which also reads HTML entities in its texts. */
import { replaceControlCharacters } from '../problems/control-characters';

/** Text inside the quotes of a label or an id; line breaks and control characters become spaces. */
export function dotText(text: string): string {
  return replaceControlCharacters(text, ' ')
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replace(/&(?=#?\w+;)/g, '&amp;');
}
