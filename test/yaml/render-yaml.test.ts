import { Yaml } from 'cdk8s';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { readYaml } from '../../lib/yaml/read-yaml';
import { renderYaml } from '../../lib/yaml/render-yaml';
import { HOSTILE_TEXTS } from './hostile-texts';

const READERS = ['1.1', '1.2'] as const;

function read(text: string, version: (typeof READERS)[number]): readonly unknown[] {
  return parseAllDocuments(text, { version, merge: version === '1.1', uniqueKeys: true }).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS() as unknown;
  });
}

/** Text of any kind, and text put together from what is hostile. */
const texts = fc.oneof(
  fc.constantFrom(...HOSTILE_TEXTS),
  fc.array(fc.constantFrom(...HOSTILE_TEXTS), { maxLength: 3 }).map((parts) => parts.join('')),
  fc.string({ unit: fc.constantFrom(...'01:.-+_eExo \t\n\r#\'"{}[],&*!|>%@`~?=<ab\\') }),
  fc.string({ unit: 'grapheme' }),
);
const keys = texts.filter((text) => text.length < 100);

const { documents } = fc.letrec((tie) => ({
  documents: fc.dictionary(keys, tie('values'), { maxKeys: 5 }),
  values: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    texts,
    fc.oneof(fc.boolean(), fc.constant(null), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })),
    fc.array(tie('values'), { maxLength: 4 }),
    fc.dictionary(keys, tie('values'), { maxKeys: 4 }),
  ),
}));

test.each(READERS)('reads back equal with a reader of YAML %s, whatever the strings', (version) => {
  fc.assert(
    fc.property(fc.array(documents, { minLength: 1, maxLength: 3 }), (written) => {
      // A map of the reader has no prototype of its own to compare.
      expect(JSON.stringify(read(renderYaml(...written), version))).toBe(JSON.stringify(written));
    }),
    { numRuns: 1500 },
  );
});

test('reads back equal with the reader of our own YAML, whatever the strings', () => {
  fc.assert(
    fc.property(documents, (written) => {
      expect(JSON.stringify(readYaml(renderYaml(written)))).toBe(JSON.stringify(written));
    }),
    { numRuns: 1500 },
  );
});

test('refuses what is no YAML, and a key that comes twice', () => {
  for (const text of ['a: b: c\n', 'a: 1\na: 2\n']) expect(() => readYaml(text)).toThrow();
});

test.each(HOSTILE_TEXTS.map((text) => [text.slice(0, 40), text]))('keeps %j as value, item and key', (_, text) => {
  const key = text.length < 1000 ? text : 'long';
  const written = { value: text, list: [text, [text], { inner: text }], [key]: { [key]: 1 }, last: 'end' };
  for (const version of READERS) expect(read(renderYaml(written), version)).toEqual([written]);
  expect(readYaml(renderYaml(written))).toEqual(written);
});

/** What manifests are made of. */
const ordinary = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'abcxyzABC0123456789._-/:@=+,(){}[]$"\'<>*&|!#% '), maxLength: 24 }),
  fc
    .array(fc.string({ unit: fc.constantFrom(...'abc0123 :#-{}"\'.,'), minLength: 1, maxLength: 12 }), { minLength: 2 })
    .map((lines) => lines.join('\n'))
    .filter((text) => !/^[\n ]|\n *$/.test(text))
    .chain((text) => fc.constantFrom(text, `${text}\n`)),
);

test('writes the very bytes of the library that cdk8s uses, for what manifests are made of', () => {
  const { maps } = fc.letrec((tie) => ({
    maps: fc.dictionary(
      ordinary.filter((text) => !text.includes('\n')),
      tie('values'),
      { minKeys: 1, maxKeys: 5 },
    ),
    values: fc.oneof(
      { depthSize: 'small' },
      ordinary,
      fc.oneof(fc.boolean(), fc.constant(null), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })),
      fc.array(tie('values'), { maxLength: 4 }),
      fc.dictionary(
        ordinary.filter((text) => !text.includes('\n')),
        tie('values'),
        { maxKeys: 4 },
      ),
    ),
  }));
  // Document marks are quoted here wherever they stand, and "=", and "<<", for which YAML 1.1 has types, numbers of Go.
  const different = /"(---|\.\.\.|="|<<"|0_)/;
  fc.assert(
    fc.property(fc.array(maps, { minLength: 1, maxLength: 3 }), (written) => {
      fc.pre(!different.test(JSON.stringify(written)));
      expect(renderYaml(...written)).toBe(Yaml.stringify(...written));
    }),
    { numRuns: 1500 },
  );
});

test.each([
  ['undefined', { a: undefined }],
  ['a function', { a: () => 1 }],
  ['an instance', { a: [new Date(0)] }],
  ['a number without end', { a: Infinity }],
  ['a key that would need another form', { ['a'.repeat(1025)]: 1 }],
])('refuses %s', (_, value) => {
  expect(() => renderYaml(value)).toThrow(TypeError);
});
