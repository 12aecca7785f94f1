import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { planTree } from '../../lib/synth/compare-tree';
import { LOCK_FILE } from '../../lib/synth/fleet-lock';
import { MARKER, type OutputFile } from '../../lib/synth/output-file';
import { Staging } from '../../lib/synth/staging';
import { StagedTree, type WrittenTree } from '../../lib/synth/write-tree';
import { temporaryFolder } from '../support';

const ours = (content: string): string => `# ${MARKER} from fleet.yaml\n${content}`;
const THEIRS = 'kind: Secret\n';
const LONG_AGO = new Date('2020-01-01T00:00:00Z');

/** A folder that holds these files, all of them old. */
function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    utimesSync(join(folder, path), LONG_AGO, LONG_AGO);
  }
  return folder;
}

const asFiles = (files: Readonly<Record<string, string>>): readonly OutputFile[] =>
  Object.entries(files).map(([path, text]) => ({ path, text }));

/** Publishes as the command does: nothing at all when something foreign is in the way. */
function publish(folder: string, files: Readonly<Record<string, string>>): WrittenTree | readonly string[] {
  const tree = new StagedTree(folder);
  tree.add(asFiles(files));
  if (tree.foreign.length === 0) return tree.publish();
  tree.discard();
  return tree.foreign;
}

/** Everything below a folder: files with their text, links with their target, folders ending in "/". */
function contentOf(folder: string, below = ''): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(join(folder, below)).flatMap((name): (readonly [string, string])[] => {
      const path = join(below, name);
      const stat = lstatSync(join(folder, path));
      if (stat.isSymbolicLink()) return [[path, `-> ${readlinkSync(join(folder, path))}`]];
      if (!stat.isDirectory()) return [[path, readFileSync(join(folder, path), 'utf8')]];
      const inner = Object.entries(contentOf(folder, path));
      return inner.length === 0 ? [[`${path}/`, '']] : inner;
    }),
  );
}

describe('writing', () => {
  test('makes the folder and all below it', () => {
    const folder = join(temporaryFolder(), 'dist');
    const files = { 'README.md': ours('1'), 'east/crds/spire.yaml': ours('2') };
    expect(publish(folder, files)).toEqual({ written: Object.keys(files), removed: [], unchanged: 0 });
    expect(contentOf(folder)).toEqual(files);
  });

  test('leaves alone what is the same already, down to its time', () => {
    const folder = folderWith({ 'same.yaml': ours('1'), 'changed.yaml': ours('1') });
    const result = publish(folder, { 'same.yaml': ours('1'), 'changed.yaml': ours('2') });
    expect(result).toEqual({ written: ['changed.yaml'], removed: [], unchanged: 1 });
    expect(statSync(join(folder, 'same.yaml')).mtime).toEqual(LONG_AGO);
    expect(statSync(join(folder, 'changed.yaml')).mtime).not.toEqual(LONG_AGO);
  });

  test('takes a file of equal text for its own, marked or not', () => {
    const folder = folderWith({ 'a.yaml': THEIRS });
    expect(publish(folder, { 'a.yaml': THEIRS })).toEqual({ written: [], removed: [], unchanged: 1 });
  });

  test('compares bytes beyond ASCII', () => {
    const folder = folderWith({ 'a.md': ours('east · 🤝') });
    expect(publish(folder, { 'a.md': ours('east · 🤝') })).toMatchObject({ unchanged: 1 });
  });
});

describe('removing', () => {
  test('takes away what is no longer produced, and folders that get empty', () => {
    const folder = folderWith({
      'a.yaml': ours('1'),
      'gone/deep/b.yaml': ours('1'),
      'kept/c.yaml': ours('1'),
      'kept/d.yaml': ours('1'),
    });
    expect(publish(folder, { 'a.yaml': ours('1'), 'kept/d.yaml': ours('1') })).toEqual({
      written: [],
      removed: ['gone/deep/b.yaml', 'kept/c.yaml'],
      unchanged: 2,
    });
    expect(contentOf(folder)).toEqual({ 'a.yaml': ours('1'), 'kept/d.yaml': ours('1') });
  });

  test('touches no file without the marker, nor the folder it is in', () => {
    const files = { 'gone/mine.yaml': THEIRS, 'gone/note.txt': `see below\n# ${MARKER}\n` };
    const folder = folderWith({ ...files, 'gone/ours.yaml': ours('1') });
    expect(publish(folder, {})).toMatchObject({ removed: ['gone/ours.yaml'] });
    expect(contentOf(folder)).toEqual(files);
  });

  test('keeps an empty folder of somebody else', () => {
    const folder = folderWith({});
    mkdirSync(join(folder, 'empty'));
    publish(folder, {});
    expect(contentOf(folder)).toEqual({ 'empty/': '' });
  });

  test('keeps the output folder itself', () => {
    const folder = folderWith({ 'a.yaml': ours('1') });
    publish(folder, {});
    expect(existsSync(folder)).toBe(true);
  });
});

describe('a run that was killed', () => {
  test('leaves partial files, which the next run takes away', () => {
    const folder = folderWith({ 'a.yaml': ours('1'), 'b.yaml.cdk8s-spire-partial': ours('half') });
    publish(folder, { 'a.yaml': ours('1') });
    expect(contentOf(folder)).toEqual({ 'a.yaml': ours('1') });
  });

  test('is finished by the next, which writes the very file that was cut short', () => {
    const folder = folderWith({ 'a.yaml': ours('1'), 'a.yaml.cdk8s-spire-partial': ours('ha') });
    publish(folder, { 'a.yaml': ours('2') });
    expect(contentOf(folder)).toEqual({ 'a.yaml': ours('2') });
  });
});

/** What is in the way, made below a folder. */
const OBSTACLES: Readonly<Record<string, (folder: string, elsewhere: string) => void>> = {
  'a file of somebody else': (folder) => {
    mkdirSync(join(folder, 'east'));
    writeFileSync(join(folder, 'east', 'a.yaml'), THEIRS);
  },
  'an empty file': (folder) => {
    mkdirSync(join(folder, 'east'));
    writeFileSync(join(folder, 'east', 'a.yaml'), '');
  },
  'a folder in place of the file': (folder) => {
    mkdirSync(join(folder, 'east', 'a.yaml'), { recursive: true });
  },
  'a file in place of the folder': (folder) => {
    writeFileSync(join(folder, 'east'), THEIRS);
  },
  'a link in place of the file': (folder, elsewhere) => {
    mkdirSync(join(folder, 'east'));
    symlinkSync(join(elsewhere, 'a.yaml'), join(folder, 'east', 'a.yaml'));
  },
  'a link in place of the folder': (folder, elsewhere) => {
    symlinkSync(elsewhere, join(folder, 'east'), 'junction');
  },
};

test.each(Object.entries(OBSTACLES))('refuses to write over %s, and writes nothing else either', (_, place) => {
  const [folder, elsewhere] = [
    folderWith({ '0.yaml': ours('1'), 'stale.yaml': ours('1') }),
    folderWith({ 'a.yaml': THEIRS }),
  ];
  place(folder, elsewhere);
  const before = [contentOf(folder), contentOf(elsewhere)];
  expect(publish(folder, { '0.yaml': ours('2'), 'east/a.yaml': ours('1') })).toEqual([expect.stringMatching(/^east/)]);
  expect([contentOf(folder), contentOf(elsewhere)]).toEqual(before);
});

test('follows no link: what is behind one is neither read nor removed', () => {
  const elsewhere = folderWith({ 'a.yaml': ours('1') });
  const folder = folderWith({});
  symlinkSync(elsewhere, join(folder, 'linked'), 'junction');
  symlinkSync(join(elsewhere, 'a.yaml'), join(folder, 'b.yaml'));
  publish(folder, {});
  expect([Object.keys(contentOf(folder)), contentOf(elsewhere)]).toEqual([
    ['b.yaml', 'linked'],
    { 'a.yaml': ours('1') },
  ]);
});

test('changes nothing while it only plans', () => {
  const files = { 'a.yaml': ours('1'), 'stale.yaml': ours('1') };
  const folder = folderWith(files);
  planTree(folder, asFiles({ 'a.yaml': ours('2') }));
  expect(contentOf(folder)).toEqual(files);
});

test('moves what the next run compares with after everything else', () => {
  const folder = temporaryFolder();
  // A folder where a file has to go: moving it there fails.
  mkdirSync(join(folder, 'z.yaml', 'inner'), { recursive: true });
  const files = ['a.yaml', LOCK_FILE, 'z.yaml'].map((path) => ({ path, text: `${MARKER}\n` }));
  const staging = new Staging(folder);
  for (const file of files) staging.put(file);
  expect(() => staging.publish()).toThrow();
  expect([existsSync(join(folder, 'a.yaml')), existsSync(join(folder, LOCK_FILE))]).toEqual([true, false]);
});

test('leaves what it published of a new folder when something keeps it from its end, and no other trace', () => {
  const folder = join(temporaryFolder(), 'new');
  const tree = new StagedTree(folder);
  tree.add(asFiles({ 'a.yaml': ours('1'), 'z.yaml': ours('1') }));
  mkdirSync(join(folder, 'z.yaml', 'inner'), { recursive: true });
  expect(() => tree.publish()).toThrow();
  expect(tree.isPartlyPublished).toBe(true);
  tree.discard();
  expect(contentOf(folder)).toEqual({ 'a.yaml': ours('1'), 'z.yaml/inner/': '' });
});

test('takes away the folder that it made when nothing is published, and keeps it when all is', () => {
  const folder = join(temporaryFolder(), 'new');
  const given = new StagedTree(folder);
  given.add(asFiles({ 'a.yaml': ours('1') }));
  given.discard();
  expect(existsSync(folder)).toBe(false);
  const tree = new StagedTree(folder);
  tree.add(asFiles({ 'a.yaml': ours('1') }));
  tree.publish();
  tree.discard();
  expect([tree.isPartlyPublished, contentOf(folder)]).toEqual([false, { 'a.yaml': ours('1') }]);
});
