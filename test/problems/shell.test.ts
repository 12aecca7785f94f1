/** Commands that are told can be pasted as they stand, whatever files are called. */
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { pathWord, shellWord } from '../../lib/problems/shell';

/** What bash makes of a word. */
const read = (words: readonly string[]): readonly string[] =>
  execFileSync('bash', ['-c', `printf '%s\\0' ${words.join(' ')}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);

const parts = [
  "'",
  '"',
  '\\',
  '$(id)',
  '`id`',
  '~',
  '-',
  ' ',
  '\n',
  '\t',
  '\r',
  '\u001b[31m',
  '*',
  '!',
  '-->',
  'é',
  '\u202e7',
  '\u00857',
];
const text = fc
  .array(fc.oneof(fc.constantFrom(...parts), fc.string()))
  .map((some) => some.join('').replaceAll('\0', ''));

test('a shell reads back any text, from one line without control characters', () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 50 }), (texts) => {
      const words = texts.map(shellWord);
      expect(words.join(' ')).not.toMatch(/[>\p{C}\p{Zl}\p{Zp}]/u);
      expect(read(words)).toEqual(texts);
    }),
    { numRuns: 30 },
  );
});

test.each([
  ['fleet.yaml', 'fleet.yaml'],
  ['the sites/fleet.yaml', "'the sites/fleet.yaml'"],
  ["it's.yaml", "'it'\\''s.yaml'"],
  ['-f', './-f'],
  ['~/fleet.yaml', "'~/fleet.yaml'"],
  ['a\nb', "$'a\\012b'"],
  ['', "''"],
])('writes the path %j as %s', (path, word) => {
  expect(pathWord(path)).toBe(word);
});
