/** Finds private keys in documents that people wrote. */
import { findPrivateKey, pathToPrivateKey } from '../problems/private-keys';
import { type Problem, problem } from '../problems/problem';
import type { SourceMap } from './source-map';

/** A document as `parseFleet` reads it. */
interface ReadText {
  readonly text: string;
  /** Undefined where the text could not be read. */
  readonly document?: unknown;
  readonly source: SourceMap;
}

/**
 * Returns a problem if the text holds a private key anywhere: in a value, a key, a comment, or invalid YAML.
 * @param file what the text is, as the problem names it
 */
export function privateKeyProblem(file: string, { text, document, source }: ReadText): Problem | undefined {
  const path = pathToPrivateKey(document);
  // The problem gives a position, not a path: a step of the path can be the private key.
  if (path !== undefined) {
    const { length, ...position } = source.locate({ path });
    return problem({ position, length }, 'private-key-in-file', { file });
  }
  const start = findPrivateKey(text);
  if (start === undefined) return undefined;
  const before = text.slice(0, start);
  const position = { line: before.split('\n').length, column: start - before.lastIndexOf('\n') };
  return problem({ position, length: 1 }, 'private-key-in-file', { file });
}
