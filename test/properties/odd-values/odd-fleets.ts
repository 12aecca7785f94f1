/** Generates fleets with one odd value, at a given key of the schema, as the text of a fleet file. */
import fc from 'fast-check';
import { ODD_NAMES, ODD_PIECES, ODD_YAML } from './odd-texts';
import { RIGHT_FLEETS } from './right-fleets';
import { ELEMENT, type JsonSchema, NAME, pathText, type SchemaKey, sampleOf } from './schema-keys';

/** A fleet file, and what is odd about it. */
export interface OddFleet {
  /** Which of the right fleets it was. */
  readonly base: number;
  readonly text: string;
}

type Json = unknown;
type Path = readonly (string | number)[];

/** Stands in the document for YAML that JSON cannot say. */
const PLACEHOLDER = '@odd@';

/** Fleets that are odd at this key. */
export function oddFleets(key: SchemaKey, keys: readonly SchemaKey[]): fc.Arbitrary<OddFleet> {
  return fc.record({ base: fc.nat(RIGHT_FLEETS.length - 1), chosen: fc.nat(1000) }).chain(({ base, chosen }) => {
    const { document, at } = reach(RIGHT_FLEETS[base], key, keys, chosen);
    return oddValues(key, valueAt(document, at)).map((odd) => ({ base, text: textOf(document, at, odd) }));
  });
}

/** YAML for the value, or another name for its key; undefined leaves the key out. */
type Odd = { readonly yaml: string } | { readonly name: string } | undefined;

function oddValues({ path, schemas }: SchemaKey, current: Json): fc.Arbitrary<Odd> {
  const isText = typeof current === 'string';
  const texts = isText ? mutated(current) : fc.constantFrom(...ODD_NAMES);
  const others = schemas.flatMap(valuesOf).map((value) => JSON.stringify(value));
  const isNamed = path.at(-1) === NAME;
  return fc.oneof(
    { weight: isText ? 6 : 1, arbitrary: texts.map((text) => ({ yaml: JSON.stringify(text) })) },
    { weight: 2, arbitrary: fc.constantFrom(...ODD_NAMES).map((text) => ({ yaml: JSON.stringify(text) })) },
    { weight: 3, arbitrary: fc.constantFrom(...ODD_YAML).map((yaml) => ({ yaml })) },
    { weight: others.length > 0 ? 3 : 0, arbitrary: fc.constantFrom(...others, 'null').map((yaml) => ({ yaml })) },
    { weight: isNamed ? 8 : 0, arbitrary: fc.constantFrom(...ODD_NAMES).map((name) => ({ name })) },
    { weight: isNamed ? 4 : 0, arbitrary: mutated('cluster1').map((name) => ({ name })) },
    {
      weight: Array.isArray(current) ? 3 : 0,
      arbitrary: fc.constant({ yaml: JSON.stringify([current, current].flat()) }),
    },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
}

/** Other values that the schema allows. */
function valuesOf(schema: JsonSchema): readonly Json[] {
  if (schema.type === 'boolean') return [true, false];
  if (schema.type === 'integer') return [0, 1, 2, 22, 80, 443, 5432, 8081, 15006, 65535, 65536, -1];
  return [
    ...(schema.enum ?? []),
    ...(schema.enum ?? []).map((value) => String(value).toUpperCase()),
    ...(schema.examples ?? []),
  ];
}

/** A text with a piece in it that some program further on does not take as text. */
function mutated(text: string): fc.Arbitrary<string> {
  const piece = fc.constantFrom(...ODD_PIECES);
  const within = fc.tuple(piece, fc.nat(text.length)).map(([odd, at]) => text.slice(0, at) + odd + text.slice(at));
  return fc.oneof(
    { weight: 4, arbitrary: within },
    piece.map((odd) => text + odd),
    piece.map((odd) => odd + text),
    fc.tuple(piece, fc.nat(text.length)).map(([odd, at]) => text.slice(0, at) + odd + text.slice(at + 1)),
    fc.constantFrom(text.toUpperCase(), text + text, ` ${text} `, text.slice(1), text.slice(0, -1), ''),
    fc.string({ unit: 'binary', maxLength: 12 }).map((junk) => text.slice(0, 3) + junk),
  );
}

/** Whether the key is somewhere in the document. */
function uses(document: Json, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined) return true;
  const inner = step === NAME || step === ELEMENT ? Object.values(Object(document)) : [valueAt(document, [step])];
  return inner.some((value) => value !== undefined && uses(value, rest));
}

/** The document, with what is missing on the way to the key made of the schema's examples, and the place of the key in it. */
function reach(
  document: Json,
  { path }: SchemaKey,
  keys: readonly SchemaKey[],
  chosen: number,
): { readonly document: Json; readonly at: Path } {
  let reached = document;
  const at: (string | number)[] = [];
  for (const [depth, step] of path.entries()) {
    const here = valueAt(reached, at);
    const isAny = step === NAME || step === ELEMENT;
    const rest = path.slice(depth + 1);
    const all = isAny ? Object.keys(Object(here)) : [];
    const using = all.filter((name) => uses(valueAt(here, [name]), rest));
    const names = using.length > 0 ? using : all;
    const next = isAny ? (names[chosen % Math.max(1, names.length)] ?? 'cluster1') : step;
    at.push(Array.isArray(here) ? Number(next) : next);
    if (valueAt(reached, at) === undefined) {
      const wanted = pathText(path.slice(0, depth + 1));
      const schema = keys.find((one) => pathText(one.path) === wanted)?.schemas[0] ?? {};
      reached = withValue(reached, at, sampleOf(schema));
    }
  }
  return { document: reached, at };
}

function valueAt(document: Json, [step, ...rest]: Path): Json {
  if (step === undefined) return document;
  return Object.hasOwn(Object(document), step) ? valueAt((document as Record<string, Json>)[step], rest) : undefined;
}

/** A copy of the document; undefined takes the key away. */
function withValue(document: Json, [step, ...rest]: Path, value: Json): Json {
  if (step === undefined) return value;
  if (Array.isArray(document)) {
    return document.map((inner, index) => (index === step ? withValue(inner, rest, value) : inner));
  }
  const map = document as Readonly<Record<string, Json>>;
  const changed = withValue(map[step], rest, value);
  const entries = Object.entries({ ...map, [step]: changed });
  return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined));
}

function textOf(document: Json, at: Path, odd: Odd): string {
  if (odd === undefined) return `${JSON.stringify(withValue(document, at, undefined))}\n`;
  if ('name' in odd) return `${JSON.stringify(renamed(document, String(at.at(-1)), odd.name))}\n`;
  return `${JSON.stringify(withValue(document, at, PLACEHOLDER)).replace(`"${PLACEHOLDER}"`, () => odd.yaml)}\n`;
}

/** Renames a key and all that refers to it. */
function renamed(document: Json, from: string, to: string): Json {
  if (document === from) return to;
  if (Array.isArray(document)) return document.map((inner) => renamed(inner, from, to));
  if (typeof document !== 'object' || document === null) return document;
  return Object.fromEntries(
    Object.entries(document).map(([key, inner]) => [key === from ? to : key, renamed(inner, from, to)]),
  );
}
