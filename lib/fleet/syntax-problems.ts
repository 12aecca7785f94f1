/** Turns errors of the YAML parser into problems, at the place that has to be edited. */
import {
  type Document,
  isAlias,
  isCollection,
  isScalar,
  type LineCounter,
  type Node,
  type Scalar,
  visit,
  type YAMLParseError,
  type YAMLWarning,
} from 'yaml';
import { type Place, type Problem, problem } from '../problems/problem';

export interface Syntax {
  readonly document: Document.Parsed;
  readonly lineCounter: LineCounter;
  readonly text: string;
}

/** Why a text of several documents is refused. */
export const MULTIPLE_DOCUMENTS = 'the file contains more than one YAML document';

export function syntaxProblem(error: YAMLParseError | YAMLWarning, syntax: Syntax): Problem {
  const [start, end] = error.pos;
  switch (error.code) {
    case 'DUPLICATE_KEY': {
      // If the key before has no value, the parser gives the end of that key's line.
      const at = firstVisible(start, syntax.text);
      const key = keyAt(at, syntax);
      return problem(placeOf(at, key?.range?.[1] ?? end, syntax), 'duplicate-key', { key: String(key?.value) });
    }
    case 'MULTIPLE_DOCS':
      return invalid(start, end, MULTIPLE_DOCUMENTS, syntax);
    case 'TAB_AS_INDENT':
      return invalid(start, end, 'tabs cannot indent YAML', syntax);
    case 'TAG_RESOLVE_FAILED':
      return invalid(start, end, 'YAML tags are not allowed', syntax);
    case 'MULTILINE_IMPLICIT_KEY':
      return invalid(start, end, 'a key has no ":" after it', syntax);
    case 'BLOCK_AS_IMPLICIT_KEY':
      return nestedMap(start, end, syntax);
    case 'BAD_SCALAR_START':
      return invalid(start, end, 'a value that begins with this character needs quotes', syntax);
    default: {
      if (error.message.includes('call stack')) {
        return invalid(0, 1, 'values are nested too deeply', syntax);
      }
      const open = findUnclosed(error.message, syntax);
      return open === undefined
        ? invalid(firstVisible(start, syntax.text), end, lowerFirst(error.message.replace(/\.$/, '')), syntax)
        : invalid(open.offset, open.offset + 1, `this ${open.what} is never closed`, syntax);
    }
  }
}

/** Problems of aliases without an anchor. The parser does not report them; only expanding the document would fail. */
export function unknownAliases(syntax: Syntax): readonly Problem[] {
  const problems: Problem[] = [];
  visit(syntax.document, {
    Alias: (_key, alias) => {
      if (isAlias(alias) && alias.resolve(syntax.document) === undefined && alias.range) {
        problems.push(
          invalid(alias.range[0], alias.range[1], `no anchor is named ${JSON.stringify(alias.source)}`, syntax),
        );
      }
    },
  });
  return problems;
}

/** Problems of keys with a special meaning in JavaScript, such as `__proto__`. */
export function forbiddenKeys(syntax: Syntax): readonly Problem[] {
  const problems: Problem[] = [];
  visit(syntax.document, {
    Pair: (_index, { key }) => {
      if (isScalar(key) && key.value === '__proto__' && key.range) {
        problems.push(invalid(key.range[0], key.range[1], '"__proto__" cannot be a key', syntax));
      }
    },
  });
  return problems;
}

/** A fleet nests 7 levels. The parser's stack overflows beyond about 800 levels, at a depth that depends on the machine. */
const MAX_DEPTH = 50;

/** A problem at the bracket that exceeds the depth, if there is one. */
export function findTooDeep(text: string): Problem | undefined {
  let depth = 0;
  for (const { 0: bracket, index } of text.matchAll(/[[\]{}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1;
    if (depth > MAX_DEPTH) {
      const before = text.slice(0, index);
      const place = {
        position: { line: before.split('\n').length, column: index - before.lastIndexOf('\n') },
        length: 1,
      };
      return problem(place, 'invalid-yaml', { reason: `brackets are nested more than ${MAX_DEPTH} levels deep` });
    }
  }
  return undefined;
}

/** The problem of a second key after a key on one line, or of a key that is indented below the value of another key. */
function nestedMap(start: number, end: number, syntax: Syntax): Problem {
  const { text } = syntax;
  const lineEnd = text.indexOf('\n', start);
  const line = text.slice(start, lineEnd < 0 ? undefined : lineEnd);
  if (lineEnd < 0 || /:(\s|$)/.test(line)) return invalid(start, end, 'a value with ": " in it needs quotes', syntax);
  const below = firstVisible(lineEnd, text);
  return invalid(below, below + 1, 'this line is indented further than the key above it', syntax);
}

/** The key that begins at an offset. */
function keyAt(offset: number, { document }: Syntax): Scalar | undefined {
  let found: Scalar | undefined;
  visit(document, {
    Pair: (_index, { key }) => {
      if (isScalar(key) && key.range?.[0] === offset) found = key;
    },
  });
  return found;
}

interface Unclosed {
  readonly offset: number;
  readonly what: string;
}

/** The start of a quote or bracket that is never closed. The parser reports the end of the file instead. */
function findUnclosed(message: string, { document, text }: Syntax): Unclosed | undefined {
  const quote = /[Mm]issing closing/.test(message);
  const flow = /[Ff]low (map|sequence)/.test(message);
  if (!quote && !flow) {
    return undefined;
  }
  let found: Unclosed | undefined;
  visit(document, (_key, node) => {
    const opening = quote ? openQuote(node as Node, text) : openBracket(node as Node, text);
    found = opening ?? found;
  });
  return found;
}

function openQuote(node: Node, text: string): Unclosed | undefined {
  const quoted = isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE');
  return quoted && node.range ? { offset: node.range[0], what: `quote ${text[node.range[0]]}` } : undefined;
}

function openBracket(node: Node, text: string): Unclosed | undefined {
  if (!isCollection(node) || !node.flow || !node.range) {
    return undefined;
  }
  const [start, end] = node.range;
  const inside = text.slice(start, end);
  const closed = (inside.match(/[\]}]/g)?.length ?? 0) >= (inside.match(/[[{]/g)?.length ?? 0);
  return closed ? undefined : { offset: start, what: `bracket ${text[start]}` };
}

function invalid(start: number, end: number, reason: string, syntax: Syntax): Problem {
  return problem(placeOf(start, end, syntax), 'invalid-yaml', { reason });
}

/** The offset of the next character that is not blank; the given offset if there is none. */
function firstVisible(offset: number, text: string): number {
  const next = /\S/.exec(text.slice(offset));
  return offset + (next?.index ?? 0);
}

function placeOf(start: number, end: number, { lineCounter }: Syntax): Place {
  const { line, col: column } = lineCounter.linePos(start);
  return { position: { line, column }, length: Math.max(1, end - start) };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
