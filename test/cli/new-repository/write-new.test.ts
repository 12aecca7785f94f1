import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeNew } from '../../../lib/cli/new-repository/write-new';
import { temporaryFolder } from '../../support';
import { tree } from '../../written-repository';

test('writes all files, and leaves nothing else', () => {
  const folder = join(temporaryFolder(), 'deep', 'new');
  writeNew(folder, [
    { path: 'a', content: '1' },
    { path: 'b/c', content: Buffer.from('2') },
  ]);
  expect(tree(folder)).toEqual({ a: '1', 'b/c': '2' });
  expect(readdirSync(folder).sort()).toEqual(['a', 'b']);
});

test('leaves no folder behind when a file cannot be written', () => {
  const parent = temporaryFolder();
  const folder = join(parent, 'deep', 'new');
  const twice = [
    { path: 'a', content: '1' },
    { path: 'a', content: '2' },
  ];
  expect(() => writeNew(folder, twice)).toThrow('EEXIST');
  expect(existsSync(join(parent, 'deep'))).toBe(false);
});

test('takes back what it moved when a later file is in the way of something', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'b'));
  writeFileSync(join(folder, 'b', 'theirs'), 'mine\n');
  expect(() =>
    writeNew(folder, [
      { path: 'a', content: '1' },
      { path: 'b/c', content: '2' },
    ]),
  ).toThrow();
  expect(tree(folder)).toEqual({ 'b/theirs': 'mine\n' });
});
