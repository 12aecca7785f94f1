/** Parses the text of a fleet file into a document, and keeps the position of each key and value. */
import { type Document, isScalar, LineCounter, parseDocument } from 'yaml';
import { type Problem, problem, problemAt } from '../problems/problem';
import { SourceMap } from './source-map';
import { findTooDeep, forbiddenKeys, syntaxProblem, unknownAliases } from './syntax-problems';

/** Enough for every cluster of a large fleet to use one anchor. Nested aliases ("billion laughs") exceed it after a few levels. */
const MAX_ALIASES = 10_000;

export interface ParsedFleet {
  /** The plain values, undefined when there are problems. */
  readonly document?: unknown;
  readonly source: SourceMap;
  readonly problems: readonly Problem[];
}

/** Reads YAML 1.2. Syntax errors and duplicate keys become problems with their position. */
export function parseFleet(text: string, file: string): ParsedFleet {
  const tooDeep = findTooDeep(text);
  if (tooDeep !== undefined) {
    return { source: new SourceMap(file, text), problems: [tooDeep] };
  }
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter,
    prettyErrors: false,
    logLevel: 'error',
    // The schema fixes the type of each value, so a tag cannot choose one.
    resolveKnownTags: false,
    strict: true,
    uniqueKeys: (one, other) => isScalar(one) && isScalar(other) && String(one.value) === String(other.value),
  });
  const source = new SourceMap(file, text, document, lineCounter);
  const syntax = { document, lineCounter, text };
  const duplicates = document.errors.filter(({ code }) => code === 'DUPLICATE_KEY');
  // After the first error that is no duplicate key, the parser guesses, and its further errors can be wrong.
  const first = document.errors.find(({ code }) => code !== 'DUPLICATE_KEY') ?? document.warnings[0];
  const faults = [...duplicates, ...(first === undefined ? [] : [first])];
  const problems = [
    ...faults.map((fault) => syntaxProblem(fault, syntax)),
    ...(faults.length === 0 ? [...unknownAliases(syntax), ...forbiddenKeys(syntax)] : []),
  ];
  return problems.length > 0 ? { source, problems } : expand(document, source);
}

function expand(document: Document.Parsed, source: SourceMap): ParsedFleet {
  try {
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    return value === null || value === undefined
      ? { source, problems: [problemAt([], 'empty-fleet', {})] }
      : { document: value, source, problems: [] };
  } catch (error) {
    // Unknown aliases are reported before this point, so the cause is an expansion beyond the limit.
    if (error instanceof ReferenceError) {
      return { source, problems: [problem({ path: [] }, 'too-many-aliases', { limit: MAX_ALIASES })] };
    }
    throw error;
  }
}
