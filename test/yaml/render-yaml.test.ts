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

test('refuses invalid YAML and duplicate keys', () => {
  for (const text of ['a: b: c\n', 'a: 1\na: 2\n']) expect(() => readYaml(text)).toThrow();
});

test.each(HOSTILE_TEXTS.map((text) => [text.slice(0, 40), text]))('keeps %j as value, item and key', (_, text) => {
  const key = text.length < 1000 ? text : 'long';
  const written = { value: text, list: [text, [text], { inner: text }], [key]: { [key]: 1 }, last: 'end' };
  for (const version of READERS) expect(read(renderYaml(written), version)).toEqual([written]);
  expect(readYaml(renderYaml(written))).toEqual(written);
});

test('leaves out members that are undefined', () => {
  expect(renderYaml({ a: undefined, b: 1 })).toBe('b: 1\n');
});

test('refuses a function', () => {
  expect(() => renderYaml({ a: () => 1 })).toThrow('unacceptable kind of an object');
});

test('quotes like the library that cdk8s uses', () => {
  const written = { a: '.', b: 'say "yes"', c: `it's "so"`, d: '1.28', e: '10.0.0.1', f: 'a: b', g: 'x\ny\n', h: [] };
  expect(renderYaml(written)).toBe(Yaml.stringify(written));
});

// Go reads these as numbers or dates (strconv.ParseInt with base 0, time formats of gopkg.in/yaml.v3); no reader here does.
test.each(['0X1F', '0B11', '-0O17', '1_0e3', '1__0', '2001-1-1', '2001-1-1 1:2:3'])('quotes %s for Go', (text) => {
  expect(renderYaml({ value: text })).toBe(`value: "${text}"\n`);
});
