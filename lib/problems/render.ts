/** Renders problems as text: `path:line:column`, the source line with a caret, the hint. */
import { ownCommand } from './commands';
import { replaceControlCharactersExceptTabs } from './control-characters';
import { messageOf } from './messages';
import { holdsPrivateKey } from './private-keys';
import type { FleetPath, Place, Position, Problem, ProblemCode, Severity } from './problem';

/** A stretch of one line of a file. */
export interface Span extends Position {
  /** In characters, at least 1. */
  readonly length: number;
}

/** The text that problems point into. */
export interface Source {
  /** As the person named it, so that a terminal can open it. */
  readonly file: string;
  /** Lines without their line ends; empty when the file could not be read. */
  readonly lines: readonly string[];
  /** Finds a place; places that do not exist fall back to the nearest parent, and at last to 1:1. */
  locate(place: Place): Span;
}

/** Most problems that are printed. The rest is counted. */
const MAX_PRINTED = 100;

/** Longest path that is printed, in characters. Longer ones are cut, for example those with a key of thousands of characters. */
const MAX_PATH_LENGTH = 200;

/** Source lines longer than this are cut around the caret. */
const MAX_LINE_WIDTH = 100;

/** Sorts by file, position, then code, so that the same faults always read the same. */
export function sortProblems(problems: readonly Problem[], source: Source): readonly Problem[] {
  const keyed = problems.map((problem) => ({
    problem,
    // Problems of the fleet file come first.
    file: 'file' in problem.place ? problem.place.file : '',
    span: source.locate(problem.place),
  }));
  keyed.sort(
    (a, b) =>
      compareText(a.file, b.file) ||
      a.span.line - b.span.line ||
      a.span.column - b.span.column ||
      compareText(a.problem.code, b.problem.code) ||
      compareText(JSON.stringify(a.problem.facts), JSON.stringify(b.problem.facts)),
  );
  return keyed.map(({ problem }) => problem);
}

/** Removes repeats, which occur if an anchor with a fault is used twice. */
export function distinctProblems(problems: readonly Problem[], source: Source): readonly Problem[] {
  const keyed = problems.map(
    (problem) => [JSON.stringify([problem.code, source.locate(problem.place), problem.facts]), problem] as const,
  );
  return [...new Map(keyed).values()];
}

/** Renders the problems, sorted, a blank line between two, ending in a line end; beyond a hundred they are only counted. */
export function renderProblems(problems: readonly Problem[], source: Source): string {
  const sorted = sortProblems(problems, source);
  // Do not print the source if it holds a private key.
  const lines = holdsPrivateKey(source.lines.join('\n')) ? [] : source.lines;
  const texts = sorted.slice(0, MAX_PRINTED).map((problem) => renderProblem(problem, source, lines));
  const rest = sorted.length - texts.length;
  return [...texts, ...(rest > 0 ? [`… and ${rest} more\n`] : [])].join('\n');
}

/** A problem with its position and message, the input of every renderer. */
export interface DescribedProblem extends Span {
  readonly file: string;
  readonly severity: Severity;
  readonly code: ProblemCode;
  /** Where it is in the fleet document, as `clusters.east.gateway`; absent elsewhere and for the document as a whole. */
  readonly path?: string;
  readonly sentence: string;
  readonly hint: string;
}

/** Resolves the position of a problem and renders its message. */
export function describeProblem(problem: Problem, source: Source): DescribedProblem {
  const { place, severity, code } = problem;
  const whereIs = (path: FleetPath): string => {
    const other = source.locate({ path });
    return `${other.line}:${other.column}`;
  };
  const { sentence, hint } = messageOf(problem, whereIs, (words) => ownCommand(words, { fleet: source.file }));
  return {
    ...source.locate(place),
    file: 'file' in place ? place.file : source.file,
    severity,
    code,
    path:
      'path' in place && place.path.length > 0
        ? replaceControlCharactersExceptTabs(pathText(place.path).slice(0, MAX_PATH_LENGTH))
        : undefined,
    sentence: replaceControlCharactersExceptTabs(sentence),
    hint: replaceControlCharactersExceptTabs(hint),
  };
}

/** @param lines those that may be shown */
function renderProblem(problem: Problem, source: Source, lines: readonly string[]): string {
  const { file, line, column, length, severity, code, path, sentence, hint } = describeProblem(problem, source);
  const head = `${file}:${line}:${column}: ${severity}[${code}] ${path === undefined ? '' : `${path}: `}${sentence}`;
  return [
    replaceControlCharactersExceptTabs(head),
    // Do not print the source line: it holds the private key.
    ...('file' in problem.place || code === 'private-key-in-file'
      ? []
      : renderSourceLine({ line, column, length }, lines)),
    `  hint: ${hint}`,
    '',
  ].join('\n');
}

function renderSourceLine(span: Span, lines: readonly string[]): string[] {
  const full = lines[span.line - 1];
  if (full === undefined || full.trim() === '') return [];
  const from = Math.max(0, Math.min(span.column - 1 - 20, full.length - MAX_LINE_WIDTH));
  const shown = full.length > MAX_LINE_WIDTH ? full.slice(from, from + MAX_LINE_WIDTH) : full;
  const offset = full.length > MAX_LINE_WIDTH ? span.column - 1 - from : span.column - 1;
  const width = Math.max(1, Math.min(span.length, shown.length - offset));
  const number = String(span.line).padStart(5);
  // Tabs keep their width under the caret line.
  const indent = shown.slice(0, offset).replace(/[^\t]/g, ' ');
  return [replaceControlCharactersExceptTabs(`${number} | ${shown}`), `      | ${indent}${'^'.repeat(width)}`];
}

/** `['federation', 0, 'between']` as `federation[0].between`. */
export function pathText(path: FleetPath): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
