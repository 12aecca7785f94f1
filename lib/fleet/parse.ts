/** Turns the text of a fleet file into a document whose positions are known. */
import { type ErrorCode, LineCounter, parseDocument, type YAMLParseError } from 'yaml';
import { type Problem, problem } from '../problems/problem';
import { SourceMap } from './source-map';

/** Aliases may expand to this many nodes; more is an attack or an accident. */
const MAX_ALIASES = 100;

export interface ParsedFleet {
  /** The plain values, undefined when there are problems. */
  readonly document?: unknown;
  readonly source: SourceMap;
  readonly problems: readonly Problem[];
}

/** Reads YAML 1.2. Syntax errors and duplicate keys become problems with their position. */
export function parseFleet(text: string, file: string): ParsedFleet {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, uniqueKeys: true, strict: true });
  const source = new SourceMap(file, text, document, lineCounter);
  if (document.errors.length > 0) {
    return { source, problems: document.errors.map((error) => syntaxProblem(error, lineCounter, text)) };
  }
  try {
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    return value === null || value === undefined
      ? { source, problems: [problem({ path: [] }, 'empty-fleet', {})] }
      : { document: value, source, problems: [] };
  } catch (error) {
    if (error instanceof ReferenceError) {
      return { source, problems: [problem({ path: [] }, 'too-many-aliases', { limit: MAX_ALIASES })] };
    }
    throw error;
  }
}

const REASONS: Partial<Readonly<Record<ErrorCode, string>>> = {
  MULTIPLE_DOCS: 'the file holds more than one YAML document',
  TAB_AS_INDENT: 'tabs cannot indent YAML',
};

function syntaxProblem(error: YAMLParseError, lineCounter: LineCounter, text: string): Problem {
  const { line, col: column } = lineCounter.linePos(error.pos[0]);
  const length = Math.max(1, error.pos[1] - error.pos[0]);
  const place = { position: { line, column }, length };
  if (error.code === 'DUPLICATE_KEY') {
    const key = /^[^:\n]*/.exec(text.slice(error.pos[0]))?.[0] ?? '';
    return problem({ ...place, length: Math.max(1, key.trim().length) }, 'duplicate-key', { key: key.trim() });
  }
  const reason = REASONS[error.code] ?? lowerFirst(error.message.replace(/\.$/, ''));
  return problem(place, 'invalid-yaml', { reason });
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
