/** Knows how strings, numbers and keys are spelt in YAML so that every reader takes them for what they are. */

/** A longer key would need another form (YAML 1.2, 7.4.2); Kubernetes ends keys at 253 characters and names at 317. */
const LONGEST_KEY = 1024;

/** Words that some reader takes for a truth value or for nothing. */
const WORDS = new Set(
  ['', '~', '=', '<<', ...['y', 'n', 'yes', 'no', 'on', 'off', 'true', 'false', 'null'].flatMap(spellings)].map(String),
);

function spellings(word: string): readonly string[] {
  return [word, word.toUpperCase(), `${word.charAt(0).toUpperCase()}${word.slice(1)}`];
}

/** What can begin a number or a time; nothing else needs the tests for those. */
const MAYBE_NUMBER = /^[-+.0-9eE]/;

/** Numbers and times of YAML 1.1 and 1.2, and those that Go's ParseInt adds; Go drops every underscore before. */
const NUMBERS: readonly RegExp[] = [
  /^[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9_]*)$/,
  /^[-+]?(?:[0-9][0-9_]*)?(?:\.[0-9_]*)?[eE][-+]?[0-9_]+$/,
  /^[-+]?0(?:[xX][0-9a-fA-F_]+|[bB][01_]+|[oO][0-7_]+)$/,
  /^[-+]?\.(?:inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$/,
  /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/,
  /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[tT]|[ \t]+)[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:\.[0-9]+)?(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?)?$/,
];

/** Indicators at the start, a comment or another key inside, an end that would be cut off, the marks of a document. */
const NOT_PLAIN = /^[\t ,[\]{}#&*!|>'"%@`]|^[?-](?:$|[ \t])|^---|^\.\.\.|:[ \t]|[\t ]#|[\t :]$/;

/** Control characters, breaks that only some readers know, halves of characters, the mark of a byte order. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const UNPRINTABLE = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u{2028}\u{2029}\u{D800}-\u{DFFF}\u{FEFF}\u{FFFE}\u{FFFF}]/u;

/** Beginnings and ends of which block scalars keep no exact record without further marks. */
const NOT_BLOCK = /^(?:[\t\n ]|$)|\n[\t ]*$/;

/** @param indent of the lines of a block */
export function renderScalar(value: unknown, indent: string): string {
  switch (typeof value) {
    case 'string':
      return value.includes('\n') ? renderText(value, indent) : renderLine(value);
    case 'number':
      if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
      break;
    case 'boolean':
      return value ? 'true' : 'false';
    default:
      if (value === null) return 'null';
  }
  throw new TypeError(`cannot write ${String(value)} as YAML`);
}

/** Keys as they are spelt; a few hundred are nearly all that come. */
const KEYS = new Map<string, string>();
const MOST_KEYS = 2000;

export function renderKey(key: string): string {
  const known = KEYS.get(key);
  if (known !== undefined) return known;
  const text = key.includes('\n') ? doubleQuoted(key) : renderLine(key);
  if (text.length > LONGEST_KEY) throw new TypeError(`cannot write a key of ${text.length} characters as YAML`);
  if (KEYS.size >= MOST_KEYS) KEYS.clear();
  KEYS.set(key, text);
  return text;
}

/** A string of one line. */
function renderLine(value: string): string {
  const isPlain =
    !NOT_PLAIN.test(value) &&
    !WORDS.has(value) &&
    !UNPRINTABLE.test(value) &&
    !(MAYBE_NUMBER.test(value) && NUMBERS.some((number) => number.test(value)));
  if (isPlain) return value;
  return value.includes('"') && !value.includes("'") && !UNPRINTABLE.test(value) ? `'${value}'` : doubleQuoted(value);
}

/** A string of several lines, each on a line of its own where that is exact. */
function renderText(value: string, indent: string): string {
  const body = value.endsWith('\n') ? value.slice(0, -1) : value;
  if (indent === '' || NOT_BLOCK.test(body) || UNPRINTABLE.test(value)) return doubleQuoted(value);
  return `${body === value ? '|-' : '|'}\n${indent}${body.replace(/\n+/g, `$&${indent}`)}`;
}

/** JSON is YAML, but for characters that JSON need not escape. */
function doubleQuoted(value: string): string {
  return JSON.stringify(value).replace(
    /[\x7f-\x9f\u2028\u2029\uFEFF\uFFFE\uFFFF]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
