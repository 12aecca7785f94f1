/** Says what the YAML parser found, in words and at the place a person has to look at. */
import {
  type Document,
  isAlias,
  isCollection,
  isScalar,
  type LineCounter,
  type Node,
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

export function syntaxProblem(error: YAMLParseError | YAMLWarning, syntax: Syntax): Problem {
  const [start, end] = error.pos;
  switch (error.code) {
    case 'DUPLICATE_KEY': {
      const key = /^[^:\n]*/.exec(syntax.text.slice(start))?.[0]?.trim() ?? '';
      return problem(placeOf(start, start + key.length, syntax), 'duplicate-key', { key });
    }
    case 'MULTIPLE_DOCS':
      return invalid(start, end, 'the file holds more than one YAML document', syntax);
    case 'TAB_AS_INDENT':
      return invalid(start, end, 'tabs cannot indent YAML', syntax);
    case 'TAG_RESOLVE_FAILED':
      return invalid(start, end, 'tags have no meaning in a fleet', syntax);
    default: {
      const open = findUnclosed(error.message, syntax);
      return open === undefined
        ? invalid(firstVisible(start, syntax.text), end, lowerFirst(error.message.replace(/\.$/, '')), syntax)
        : invalid(open.offset, open.offset + 1, `this ${open.what} is never closed`, syntax);
    }
  }
}

/** Aliases of anchors that do not exist; the parser leaves them to whoever expands the document. */
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

interface Unclosed {
  readonly offset: number;
  readonly what: string;
}

/** The parser notices a missing end where the file ends; the fault is where it began. */
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
  return /[\]}]\s*$/.test(text.slice(start, end)) ? undefined : { offset: start, what: `bracket ${text[start]}` };
}

function invalid(start: number, end: number, reason: string, syntax: Syntax): Problem {
  return problem(placeOf(start, end, syntax), 'invalid-yaml', { reason });
}

/** From a place before a line's text to the text. */
function firstVisible(offset: number, text: string): number {
  return offset + (/^[ ]*/.exec(text.slice(offset))?.[0].length ?? 0);
}

function placeOf(start: number, end: number, { lineCounter }: Syntax): Place {
  const { line, col: column } = lineCounter.linePos(start);
  return { position: { line, column }, length: Math.max(1, end - start) };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
