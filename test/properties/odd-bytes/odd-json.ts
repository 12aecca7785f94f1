/** Generates JSON that differs from a right document at one place. */
import fc from 'fast-check';

/** What stands in place of a value, as JSON text. */
const ODD_VALUES: readonly string[] = [
  ...[
    'null',
    'true',
    '0',
    '-1',
    '1.5',
    '1e400',
    '9007199254740993',
    '""',
    '" "',
    '"x"',
    '"\\u0000"',
    '"\\ud800"',
    '"\\u202e"',
  ],
  ...['[]', '{}', '[null]', '[[]]', '{"a":null}', '{"__proto__":{"a":1}}', '{"constructor":null}', '["x",1,null,{}]'],
  ...[
    '"$\\u007bx}"',
    '"=?"',
    '"AAAA"',
    '"A"',
    '"AA=="',
    '"MIIB"',
    '"1.15"',
    '"v1"',
    '"https://"',
    '"EC"',
    '"RSA"',
    '"P-521"',
    '"secp256k1"',
  ],
  ...['"constructor"', '"__proto__"', `"${'A'.repeat(100_000)}"`, `${'['.repeat(5000)}${']'.repeat(5000)}`],
];

const ODD_KEYS = ['__proto__', 'constructor', 'toString', '', 'a b', '\u202e', 'x'.repeat(5000)] as const;

/** The text of the document with one value replaced, left out, or under another key. */
export function oddJson(document: unknown): fc.Arbitrary<string> {
  const places = [...placesOf(document, [])];
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .tuple(fc.constantFrom(...places), fc.constantFrom(...ODD_VALUES))
        .map(([at, odd]) => replaced(document, at, () => odd)),
    },
    fc.constantFrom(...places).map((at) => replaced(document, at, () => undefined)),
    fc
      .tuple(fc.constantFrom(...places), fc.constantFrom(...ODD_KEYS))
      .map(([at, key]) => replaced(document, at, (value) => JSON.stringify(value), key)),
    fc
      .tuple(fc.constantFrom(...places), fc.string({ unit: 'binary', maxLength: 8 }))
      .map(([at, junk]) =>
        replaced(document, at, (value) => JSON.stringify(typeof value === 'string' ? junk + value : [value, junk])),
      ),
  );
}

type Place = readonly string[];

function* placesOf(value: unknown, at: Place): Generator<Place> {
  yield at;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) yield* placesOf(inner, [...at, key]);
}

/** @param odd gives the new text of the value there; undefined leaves it out */
function replaced(
  value: unknown,
  at: Place,
  odd: (value: unknown) => string | undefined,
  key = at.at(-1) ?? '',
): string {
  const [step, ...rest] = at;
  if (step === undefined) return odd(value) ?? '';
  const parts = Object.entries(Object(value)).flatMap(([name, inner]) => {
    if (name !== step) return [[name, JSON.stringify(inner)] as const];
    const isThere = rest.length === 0;
    const text = isThere ? odd(inner) : replaced(inner, rest, odd, key);
    return text === undefined ? [] : [[isThere ? key : name, text] as const];
  });
  return Array.isArray(value)
    ? `[${parts.map(([, text]) => text).join(',')}]`
    : `{${parts.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`;
}
