/** Turns validation errors of the schema into problems, one for each fault. */
import type * as z from 'zod';
import type { Format } from '../formats/formats';
import type { SettingsProblem } from '../formats/schema-kit';
import { suggest } from '../formats/suggest';
import type { FleetPath, Place, Problem, ProblemCode, ProblemFacts } from '../problems/problem';
import { problem, problemAt, problemAtKey } from '../problems/problem';
import { placeElsewhere } from './misplaced-keys';
import { missingKey } from './missing-key';
import { oneForEachFault } from './one-for-each-fault';
import { tryFindNewKey } from './renamed-keys';
import { type Fleet, fleetSchema } from './schema';
import { exampleAt } from './schema-example';

/** Returns the document as a fleet, or a problem for each fault in its shape. */
export function checkShape(
  document: unknown,
):
  | { readonly fleet: Fleet; readonly problems: readonly [] }
  | { readonly fleet?: undefined; readonly problems: readonly Problem[] } {
  const result = fleetSchema.safeParse(document, { reportInput: true });
  if (result.success) {
    return { fleet: result.data, problems: [] };
  }
  const problems = result.error.issues.flatMap((issue) => problemsOf(issue, document));
  return { problems: oneForEachFault(problems) };
}

type Issue = z.core.$ZodIssue;

function problemsOf(issue: Issue, document: unknown): Problem[] {
  const path = issue.path as FleetPath;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(key, path));
    case 'invalid_type':
      return [invalidType(issue, path, document)];
    case 'invalid_value':
      return [unknownValue(issue, path, document)];
    case 'too_small':
    case 'too_big':
      return [outOfRange(issue, path, document)];
    case 'invalid_key':
      return issue.issues.flatMap((inner) =>
        inner.code === 'custom'
          ? [
              malformed(
                { path, on: 'key' },
                String(path.at(-1)),
                inner.params?.format as Format,
                String(inner.params?.reason),
              ),
            ]
          : problemsOf({ ...inner, path } as Issue, document),
      );
    case 'invalid_format':
      return [
        malformed(
          { path },
          String(valueAt(document, path)),
          { what: 'a size', example: '1Gi' },
          'a whole number and Mi, Gi or Ti',
        ),
      ];
    case 'custom':
      if (issue.params?.problem !== undefined) {
        return [settingsProblem(issue.params.problem as SettingsProblem, path)];
      }
      return [
        malformed(
          { path },
          String(valueAt(document, path)),
          issue.params?.format as Format,
          String(issue.params?.reason),
        ),
      ];
    case 'invalid_union':
      return unionProblems(issue, path, document);
    default:
      throw new Error(`the schema has a rule without a message: ${issue.code}`);
  }
}

function settingsProblem({ code, facts, atKey = false }: SettingsProblem, path: FleetPath): Problem {
  if (code === 'missing-key') {
    const { key, of } = facts as ProblemFacts['missing-key'];
    return missingKey(path, key, of);
  }
  return problem(atKey ? { path, on: 'key' } : { path }, code as ProblemCode, facts as ProblemFacts[ProblemCode]);
}

/**
 * Problems of a value that may have one of several types. If one of the types is that of the value, these are the problems
 * of that type. Otherwise it is one problem that lists all types.
 */
function unionProblems(issue: z.core.$ZodIssueInvalidUnion, path: FleetPath, document: unknown): Problem[] {
  const value = valueAt(document, path);
  // A list of texts refuses every other type as a value that it does not have.
  const isOfOtherType = (inner: Issue): boolean =>
    inner.path.length === 0 &&
    (inner.code === 'invalid_type' || (inner.code === 'invalid_value' && typeof value !== 'string'));
  const meant = issue.errors.find((inner) => !inner.some(isOfOtherType));
  if (meant !== undefined) {
    return meant.flatMap((inner) => problemsOf({ ...inner, path: [...path, ...inner.path] } as Issue, document));
  }
  const types = issue.errors.flat().filter(isOfOtherType) as z.core.$ZodIssueInvalidType[];
  const expected = [...new Set(types.map((inner) => wantedType(inner.expected ?? 'string', path)))].join(' or ');
  const got = describeValue(value);
  return [problemAt(path, 'wrong-type', { expected, got, hint: exampleHint(path, expected) })];
}

function unknownKey(key: string, path: FleetPath): Problem {
  const place = [...path, key];
  const newKey = tryFindNewKey(place);
  if (newKey !== undefined) {
    return problemAtKey(place, 'renamed-key', { key, newKey });
  }
  const known = knownKeys(path);
  const elsewhere = placeElsewhere(place, (at) => knownKeys(at).includes(key));
  const suggestion = elsewhere === undefined ? suggest(key, known) : undefined;
  return problemAtKey(place, 'unknown-key', { key, of: ownerOf(path), known, suggestion, elsewhere });
}

function invalidType(issue: z.core.$ZodIssueInvalidType, path: FleetPath, document: unknown): Problem {
  const got = valueAt(document, path);
  const key = path.at(-1);
  if (got === undefined && typeof key === 'string') {
    return missingKey(path.slice(0, -1), key, ownerOf(path.slice(0, -1)));
  }
  const expected = wantedType(issue.expected, path);
  const hint = typeHint(issue.expected, got, path);
  return problemAt(path, 'wrong-type', { expected, got: describeValue(got), hint });
}

/** What to write in place of a value of another type. @param wanted type, as zod names it */
function typeHint(wanted: string, got: unknown, path: FleetPath): string {
  if (got === null) return 'write a value after the colon, or remove the key';
  if (wanted === 'string' && typeof got === 'number') return numberHint(path);
  const isNumber = wanted === 'int' || wanted === 'number';
  if (isNumber && typeof got === 'string' && /^\d+$/.test(got)) return 'remove the quotes';
  const expected = wantedType(wanted, path);
  const isMapOrList = typeof got === 'object' || ['object', 'record', 'array'].includes(wanted);
  return isMapOrList ? exampleHint(path, expected) : `write ${expected} here`;
}

/** A number in place of a text is a duration without its unit, or a version that lost digits. */
function numberHint(path: FleetPath): string {
  const example = exampleAt(path);
  return example !== undefined && /^"?(\d+[dhms])+"?$/.test(example)
    ? `write it with its unit, such as ${example}`
    : 'write it in quotes, with all its digits';
}

/** Shows an example of a valid value where there is one. For maps and lists, the name of the type alone does not help. */
function exampleHint(path: FleetPath, expected: string): string {
  const example = path.length === 0 ? undefined : exampleAt(path);
  return example === undefined ? `write ${expected} here` : `write it like ${example}`;
}

function unknownValue(issue: z.core.$ZodIssueInvalidValue, path: FleetPath, document: unknown): Problem {
  const got = valueAt(document, path);
  const key = path.at(-1);
  // A key that takes one of several words is reported here too where it is missing.
  if (got === undefined && typeof key === 'string') {
    return missingKey(path.slice(0, -1), key, ownerOf(path.slice(0, -1)));
  }
  const allowed = issue.values.map(String);
  if (typeof got === 'string' && knownKeys(path).includes(got)) {
    const hint = `write it as a map with its settings: { ${got}: … }`;
    return problemAt(path, 'wrong-type', { expected: `the settings of ${got}`, got: describeValue(got), hint });
  }
  return problemAt(path, 'unknown-value', {
    got: describeValue(got),
    allowed,
    suggestion: suggest(String(got), [...allowed, ...knownKeys(path)]),
  });
}

function outOfRange(
  issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig,
  path: FleetPath,
  document: unknown,
): Problem {
  const got = valueAt(document, path);
  const bound = issue.code === 'too_small' ? `at least ${issue.minimum}` : `at most ${issue.maximum}`;
  if (Array.isArray(got)) {
    const expected = `${bound} ${bound.endsWith(' 1') ? 'entry' : 'entries'}`;
    return problemAtKey(path, 'out-of-range', { expected, got: String(got.length) });
  }
  const expected = isPort(path)
    ? 'an integer from 1 to 65535'
    : typeof got === 'string'
      ? `a string of ${bound} characters`
      : `an integer of ${bound}`;
  return problemAt(path, 'out-of-range', { expected, got: describeValue(got) });
}

/** A message cuts values that are longer, in characters. The source line shows the whole value. */
const MAX_SHOWN = 80;

function malformed(place: Place, written: string, format: Pick<Format, 'what' | 'example'>, reason: string): Problem {
  return problem(place, 'malformed', {
    what: format.what,
    got: written.length > MAX_SHOWN ? `${written.slice(0, MAX_SHOWN - 3)}…` : written,
    reason,
    example: format.example,
  });
}

function valueAt(document: unknown, path: FleetPath): unknown {
  return path.reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], document);
}

const isPort = (path: FleetPath): boolean => path.at(-1) === 'port';

/** Describes a value of a document in a few words, such as `the number 5`. */
export function describeValue(value: unknown): string {
  if (value === null) return 'no value';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  const shown = JSON.stringify(value);
  return `the ${typeof value} ${shown.length > 60 ? `${shown.slice(0, 57)}…"` : shown}`;
}

/** What the schema expects, in words. @param expected type, as zod names it */
export function wantedType(expected: string, path: FleetPath): string {
  const words: Readonly<Record<string, string>> = {
    string: 'a string',
    int: isPort(path) ? 'an integer from 1 to 65535' : 'an integer',
    number: isPort(path) ? 'an integer from 1 to 65535' : 'an integer',
    boolean: 'true or false',
    object: 'a map',
    record: 'a map',
    array: 'a list',
  };
  return words[expected] ?? expected;
}

/** Names what the map at a path describes, for "is not a key of …". */
function ownerOf(path: FleetPath): string {
  const last = path.at(-1);
  if (last === undefined) return 'a fleet';
  const entry = typeof last === 'number' ? `an entry of ${path.at(-2)}` : last;
  return (path.length === 2 && OWNERS[String(path[0])]) || entry;
}

/** What one entry of a section is called. */
const OWNERS: Readonly<Record<string, string>> = {
  clusters: 'a cluster',
  partners: 'a partner',
  federation: 'a federation',
  workloads: 'a workload',
  waivers: 'a waiver',
};

/** The keys the schema knows at a path, sorted. */
function knownKeys(path: FleetPath): readonly string[] {
  const shape = path.reduce<unknown>((schema, step) => innerSchema(schema, step), fleetSchema);
  const keys = (unwrap(shape) as { shape?: Record<string, unknown> } | undefined)?.shape;
  return keys === undefined ? [] : Object.keys(keys).sort();
}

interface SchemaInside {
  readonly def: {
    readonly innerType?: unknown;
    readonly element?: unknown;
    readonly valueType?: unknown;
    readonly shape?: Readonly<Record<string, unknown>>;
    readonly options?: readonly unknown[];
  };
}

function unwrap(schema: unknown): unknown {
  const def = (schema as SchemaInside | undefined)?.def;
  // At most one type of a union is a map with fixed keys.
  const inner = def?.innerType ?? def?.options?.find((option) => (option as SchemaInside).def.shape !== undefined);
  return inner === undefined ? schema : unwrap(inner);
}

function innerSchema(schema: unknown, step: string | number): unknown {
  const def = (unwrap(schema) as SchemaInside | undefined)?.def;
  return def?.shape?.[step] ?? def?.valueType ?? def?.element;
}
