import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { planTree } from '../../lib/output/compare-tree';
import { LOCK_FILE } from '../../lib/output/fleet-lock';
import { MARKER, type OutputFile, originOf } from '../../lib/output/output-file';
import { Staging } from '../../lib/output/staging';
import { StagedTree, type WrittenTree } from '../../lib/output/write-tree';
import { LIST_FILE, listOf, withList } from '../../lib/output/written-files';
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

type Files = Readonly<Record<string, string>>;

/** Files with the lists that name them, as synth writes them. */
function listed(files: Files): Files {
  const lists = [...new Set([LIST_FILE, ...Object.keys(files).map(listOf)])];
  const whole = lists.flatMap((list) =>
    withList(
      asFiles(files).filter(({ path }) => listOf(path) === list),
      list,
      originOf('fleet.yaml'),
    ),
  );
  return Object.fromEntries(whole.map(({ path, text }) => [path, text]));
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

  test('does not rewrite an unchanged file', () => {
    const folder = folderWith({ 'same.yaml': ours('1'), 'changed.yaml': ours('1') });
    const result = publish(folder, { 'same.yaml': ours('1'), 'changed.yaml': ours('2') });
    expect(result).toEqual({ written: ['changed.yaml'], removed: [], unchanged: 1 });
    expect(statSync(join(folder, 'same.yaml')).mtime).toEqual(LONG_AGO);
    expect(statSync(join(folder, 'changed.yaml')).mtime).not.toEqual(LONG_AGO);
  });

  test('treats a file with equal text as its own, with or without the marker', () => {
    const folder = folderWith({ 'a.yaml': THEIRS });
    expect(publish(folder, { 'a.yaml': THEIRS })).toEqual({ written: [], removed: [], unchanged: 1 });
  });

  test('compares bytes beyond ASCII', () => {
    const folder = folderWith({ 'a.md': ours('east · 🤝') });
    expect(publish(folder, { 'a.md': ours('east · 🤝') })).toMatchObject({ unchanged: 1 });
  });
});

describe('removing', () => {
  test('deletes files that are no longer produced, and empty folders', () => {
    const folder = folderWith(
      listed({
        'a.yaml': ours('1'),
        'gone/deep/b.yaml': ours('1'),
        'kept/c.yaml': ours('1'),
        'kept/d.yaml': ours('1'),
      }),
    );
    const wanted = listed({ 'a.yaml': ours('1'), 'kept/d.yaml': ours('1') });
    expect(publish(folder, wanted)).toEqual({
      written: ['kept/files.lock'],
      removed: ['gone/deep/b.yaml', 'kept/c.yaml', 'gone/files.lock'],
      unchanged: 3,
    });
    expect(contentOf(folder)).toEqual(wanted);
  });

  test('touches no file that no list names, whatever its first line says', () => {
    const theirs = { 'gone/copy.yaml': ours('mine'), 'istio/gone/copy.yaml': ours('mine'), 'copy.md': ours('mine') };
    const folder = folderWith({ ...listed({ 'gone/a.yaml': ours('1'), 'istio/gone/a.yaml': ours('1') }), ...theirs });
    expect(publish(folder, listed({}))).toMatchObject({
      removed: ['gone/a.yaml', 'istio/gone/a.yaml', 'gone/files.lock'],
    });
    expect(contentOf(folder)).toEqual({ ...listed({}), ...theirs });
  });

  test('keeps a listed file that was rewritten by hand, and its folder', () => {
    const folder = folderWith(listed({ 'gone/mine.yaml': ours('1'), 'gone/note.txt': ours('1') }));
    writeFileSync(join(folder, 'gone', 'mine.yaml'), THEIRS);
    writeFileSync(join(folder, 'gone', 'note.txt'), `see below\n# ${MARKER}\n`);
    expect(publish(folder, listed({}))).toMatchObject({ removed: ['gone/files.lock'] });
    expect(contentOf(folder)).toEqual({
      ...listed({}),
      'gone/mine.yaml': THEIRS,
      'gone/note.txt': `see below\n# ${MARKER}\n`,
    });
  });

  test('deletes nothing in an output without lists, and reports the files in question', () => {
    const files = { 'east/a.yaml': ours('1'), 'gone/b.yaml': ours('1'), 'old.md': ours('1') };
    const folder = folderWith(files);
    const tree = new StagedTree(folder);
    tree.add(asFiles(listed({ 'east/a.yaml': ours('1') })));
    expect(tree.leftAlone).toEqual(['gone/b.yaml', 'old.md'].map((path) => ({ path, marked: true })));
    expect(tree.publish()).toMatchObject({ removed: [] });
    expect(contentOf(folder)).toEqual({ ...listed({ 'east/a.yaml': ours('1') }), ...files });
    // From here on, the lists know what was written.
    expect(publish(folder, listed({}))).toMatchObject({ removed: ['east/a.yaml', 'east/files.lock'] });
  });

  test('ignores entries of a list that are outside of its folder', () => {
    const folder = folderWith({ ...listed({ 'east/a.yaml': ours('1') }), 'west/a.yaml': ours('mine') });
    const list = join(folder, 'east', LIST_FILE);
    const evil = ['west/a.yaml', '../outside.yaml', '/etc/passwd', 'east/../west/a.yaml'];
    writeFileSync(list, [readFileSync(list, 'utf8'), ...evil].join('\n'));
    publish(folder, listed({}));
    expect(contentOf(folder)).toEqual({ ...listed({}), 'west/a.yaml': ours('mine') });
  });

  test('reads a list with conflict markers as the union of both sides', () => {
    const folder = folderWith(listed({ 'east/a.yaml': ours('1'), 'east/b.yaml': ours('1') }));
    const lines = ['<<<<<<< HEAD', 'east/a.yaml', '=======', 'east/b.yaml', '>>>>>>> other'];
    writeFileSync(join(folder, 'east', LIST_FILE), `# ${MARKER}\n${lines.join('\n')}\n`);
    expect(publish(folder, listed({ 'east/b.yaml': ours('1') }))).toMatchObject({ removed: ['east/a.yaml'] });
    expect(contentOf(folder)).toEqual(listed({ 'east/b.yaml': ours('1') }));
  });

  test('keeps an empty folder of somebody else', () => {
    const folder = folderWith({});
    mkdirSync(join(folder, 'empty'));
    publish(folder, {});
    expect(contentOf(folder)).toEqual({ 'empty/': '' });
  });

  test('keeps the output folder itself', () => {
    const folder = folderWith(listed({ 'a.yaml': ours('1') }));
    publish(folder, {});
    expect(existsSync(folder)).toBe(true);
  });
});

describe('a run that was killed', () => {
  test('leaves a temporary folder, which the next run deletes', () => {
    const theirs = { 'east/.cdk8s-spire-partial-mine': THEIRS };
    const folder = folderWith({
      ...listed({ 'a.yaml': ours('1') }),
      ...theirs,
      '.cdk8s-spire-partial-aBc123/east/b.yaml': ours('half'),
      '.cdk8s-spire-partial-xYz789/fleet.lock.yaml': ours('half'),
    });
    publish(folder, listed({ 'a.yaml': ours('1') }));
    expect(contentOf(folder)).toEqual({ ...listed({ 'a.yaml': ours('1') }), ...theirs });
  });

  test('is recovered from its lists: the next run deletes what it wrote and what it had to delete', () => {
    const before = listed({ 'east/old.yaml': ours('1'), 'east/kept.yaml': ours('1') });
    const folder = folderWith(before);
    const staged = new StagedTree(folder);
    const { 'east/z.yaml': last, ...files } = listed({
      ...{
        'east/kept.yaml': ours('1'),
        'east/new.yaml': ours('1'),
        'east/y.yaml': ours('1'),
        'east/z.yaml': ours('1'),
      },
    });
    staged.add(asFiles({ ...files, 'east/z.yaml': last! }));
    // Whatever keeps it from its end, here a folder where its last file has to go.
    mkdirSync(join(folder, 'east', 'z.yaml', 'inner'), { recursive: true });
    expect(() => staged.publish()).toThrow();
    staged.discard();
    rmSync(join(folder, 'east', 'z.yaml'), { recursive: true });
    expect(Object.keys(contentOf(folder))).toEqual(expect.arrayContaining(['east/new.yaml', 'east/old.yaml']));
    publish(folder, listed({ 'east/kept.yaml': ours('1') }));
    expect(contentOf(folder)).toEqual(listed({ 'east/kept.yaml': ours('1') }));
  });
});

describe('what is not of the output and stays', () => {
  const leftAlone = (files: Files, wanted: Files): readonly string[] => {
    const tree = new StagedTree(folderWith(files));
    tree.add(asFiles(wanted));
    return tree.leftAlone.map(({ path }) => path);
  };

  test('is named where it is a manifest in the folder of a cluster', () => {
    const wanted = listed({ 'east/workloads/a.yaml': ours('1'), 'istio/east/b.yaml': ours('1') });
    const theirs = ['east/own.yaml', 'east/own.yml', 'east/workloads/own.json', 'istio/east/own.yaml'];
    const others = ['east/notes.md', 'east/.gitkeep', 'notes.yaml', 'flux/own.yaml', 'elsewhere/own.yaml'];
    const files = Object.fromEntries([...theirs, ...others].map((path) => [path, THEIRS]));
    expect(leftAlone({ ...wanted, ...files }, wanted)).toEqual(theirs);
  });

  test('may have a name that is not UTF-8, a size of gigabytes, or be no file', () => {
    const wanted = listed({ 'east/a.yaml': ours('1') });
    const folder = folderWith(wanted);
    for (const name of [Buffer.from([0x78, 0xff, 0x2e, 0x79, 0x61, 0x6d, 0x6c])]) {
      writeFileSync(Buffer.concat([Buffer.from(`${folder}/east/`), name]), THEIRS);
      mkdirSync(Buffer.concat([Buffer.from(`${folder}/east/d`), name]));
    }
    writeFileSync(join(folder, 'east', 'huge.yaml'), '');
    truncateSync(join(folder, 'east', 'huge.yaml'), 5 * 1024 ** 3);
    execFileSync('mkfifo', [join(folder, 'east', 'fifo.yaml')]);
    symlinkSync('/dev/zero', join(folder, 'east', 'zero.yaml'));
    const tree = new StagedTree(folder);
    tree.add(asFiles(wanted));
    const names = ['fifo.yaml', 'huge.yaml', 'x\uFFFD.yaml', 'zero.yaml'];
    expect(tree.leftAlone.map(({ path }) => path)).toEqual(names.map((name) => `east/${name}`));
    expect(tree.publish()).toEqual({ written: [], removed: [], unchanged: 3 });
  });
});

test('tells a file of gigabytes in the way from its first bytes', () => {
  for (const [start, found] of [
    [THEIRS, ['east/a.yaml']],
    [ours('1'), { written: ['east/a.yaml', 'east/files.lock', 'files.lock'], removed: [], unchanged: 0 }],
  ] as const) {
    const folder = folderWith({ 'east/a.yaml': start });
    truncateSync(join(folder, 'east', 'a.yaml'), 5 * 1024 ** 3);
    expect(publish(folder, listed({ 'east/a.yaml': ours('1') }))).toEqual(found);
  }
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

test.each(Object.entries(OBSTACLES))('refuses to overwrite %s, and writes nothing', (_, place) => {
  const [folder, elsewhere] = [
    folderWith(listed({ '0.yaml': ours('1'), 'stale.yaml': ours('1') })),
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
  const files = listed({ 'a.yaml': ours('1'), 'stale.yaml': ours('1') });
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

test('keeps the published part of a new folder if it is interrupted, and nothing else', () => {
  const folder = join(temporaryFolder(), 'new');
  const tree = new StagedTree(folder);
  tree.add(asFiles({ 'a.yaml': ours('1'), 'z.yaml': ours('1') }));
  mkdirSync(join(folder, 'z.yaml', 'inner'), { recursive: true });
  expect(() => tree.publish()).toThrow();
  expect(tree.isPartlyPublished).toBe(true);
  tree.discard();
  expect(contentOf(folder)).toEqual({ 'a.yaml': ours('1'), 'z.yaml/inner/': '' });
});

test('deletes the folder that it created if nothing is published, and keeps it otherwise', () => {
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
