import { parseFleet } from '../../lib/fleet/parse';
import { codesOf } from '../reported';

test('gives plain values for a document', () => {
  expect(parseFleet('fleet: a\nversions: { kubernetes: "1.36" }\n', 'fleet.yaml').document).toEqual({
    fleet: 'a',
    versions: { kubernetes: '1.36' },
  });
});

test('reads YAML 1.2, in which "no" and "on" are texts', () => {
  expect(parseFleet('fleet: no\nother: on\n', 'fleet.yaml').document).toEqual({ fleet: 'no', other: 'on' });
});

test.each([
  ['a key that occurs twice', 'fleet: a\nfleet: b\n', 'duplicate-key', { line: 2, column: 1 }],
  [
    'a key that occurs twice, after a key without a value',
    'a:\n  b: 1\n  c:\n  b: 2\n',
    'duplicate-key',
    { line: 4, column: 3 },
  ],
  ['a key that is indented too far', 'a:\n  b: 1\n   c: 2\n', 'invalid-yaml', { line: 3, column: 4 }],
  [
    'a key that is indented too little, after an empty line',
    'a:\n  b: 1\n\n c: 2\n',
    'invalid-yaml',
    { line: 4, column: 2 },
  ],
  ['a second key on the line of the first', 'a: b: c\n', 'invalid-yaml', { line: 1, column: 4 }],
  ['a tab as indentation', 'clusters:\n\teast: {}\n', 'invalid-yaml', { line: 2, column: 1 }],
  ['a bracket that is not closed', 'fleet: [a\n', 'invalid-yaml', { line: 1, column: 8 }],
  ['a second document', 'fleet: a\n---\nfleet: b\n', 'invalid-yaml', { line: 2, column: 1 }],
])('fails on %s at its place', (_, text, code, position) => {
  const { document, problems } = parseFleet(text, 'fleet.yaml');
  expect(document).toBeUndefined();
  expect(problems[0]).toMatchObject({ code, place: { position } });
});

test.each([[''], ['# nothing but a comment\n'], ['~\n']])('fails on %p because it contains no fleet', (text) => {
  expect(codesOf(parseFleet(text, 'fleet.yaml').problems)).toEqual(['empty-fleet']);
});

test('fails on nested aliases that would expand to a huge document', () => {
  const levels = Array.from({ length: 9 }, (_, level) => `l${level + 1}: &l${level + 1} [${`*l${level},`.repeat(9)}]`);
  const bomb = ['l0: &l0 [x, x, x]', ...levels].join('\n');
  expect(codesOf(parseFleet(bomb, 'fleet.yaml').problems)).toEqual(['too-many-aliases']);
});

test('fails on an alias without an anchor', () => {
  expect(codesOf(parseFleet('fleet: *name\n', 'fleet.yaml').problems)).toEqual(['invalid-yaml']);
});
