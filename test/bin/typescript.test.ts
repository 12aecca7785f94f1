/** The start of programs in a checkout: a bundle that is kept as long as nothing that it was made of changes. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../support';

const ROOT = join(__dirname, '..', '..');
const CACHE = ['node_modules', '.cache', 'cdk8s-spire'];
const ARGUMENTS = ['--require', './bin/typescript.js', 'main.ts'];
const MAIN =
  "import said from 'some-package'; import { part } from './lib/part'; console.log('main 1', part, said, __dirname);";

/** A checkout of two files, which prints what both say. */
function checkout(): string {
  const folder = temporaryFolder();
  cpSync(join(ROOT, 'bin'), join(folder, 'bin'), { recursive: true });
  for (const name of ['lib', join('node_modules', 'some-package')]) mkdirSync(join(folder, name), { recursive: true });
  for (const name of ['esbuild', '@esbuild']) {
    symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  }
  write(folder, 'tsconfig.json', '{}');
  write(folder, 'package.json', '{}');
  write(folder, 'node_modules/.package-lock.json', '{ "some-package": 1 }');
  write(folder, 'node_modules/some-package/index.js', "module.exports = 'package 1';");
  write(folder, 'lib/part.ts', "export const part: string = 'part 1';");
  write(folder, 'main.ts', MAIN);
  return folder;
}

/** Writes a file that was saved some seconds ago. */
function write(folder: string, name: string, text: string): void {
  writeFileSync(join(folder, name), text);
  const saved = Date.now() / 1000 - 5;
  utimesSync(join(folder, name), saved, saved);
}

function run(folder: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, ARGUMENTS, { cwd: folder, encoding: 'utf8' });
  return (stdout + stderr).trim();
}

/** Removes the compiler, so that only a bundle that was kept can run. */
function withoutCompiler(folder: string): string {
  for (const name of ['esbuild', '@esbuild']) rmSync(join(folder, 'node_modules', name));
  return folder;
}

test('runs the bundle that was kept if nothing changed', () => {
  const folder = checkout();
  const first = run(folder);
  expect(first).toBe(`main 1 part 1 package 1 ${folder}`);
  expect(run(withoutCompiler(folder))).toBe(first);
});

test.each([
  ['the program', 'main.ts', "console.log('main two');", 'main two'],
  ['a file that it imports', 'lib/part.ts', "export const part = 'part two';", 'main 1 part two package 1'],
  ['a package', 'node_modules/some-package/index.js', "module.exports = 'patched';", 'main 1 part 1 patched'],
])('makes the bundle again after a change of %s', (_what, name, text, expected) => {
  const folder = checkout();
  run(folder);
  write(folder, name, text);
  expect(run(folder)).toContain(expected);
});

test.each(['node_modules/.package-lock.json', 'package.json', 'tsconfig.json', 'bin/bundle-options.js'])(
  'makes the bundle again after a change of %s',
  (name) => {
    const folder = checkout();
    run(folder);
    write(folder, name, name.endsWith('.js') ? 'module.exports = { bundle: true };' : '{ "other": 1 }');
    expect(run(withoutCompiler(folder))).toContain("Cannot find module 'esbuild'");
  },
);

test('makes the bundle again after a file of an older date took the place of another', () => {
  const folder = checkout();
  run(folder);
  write(folder, 'lib/part.ts', "export const part: string = 'part 0';");
  utimesSync(join(folder, 'lib/part.ts'), 1, 1);
  expect(run(folder)).toContain('part 0');
});

test('keeps no bundle of a file that was saved while the bundle was made', () => {
  const folder = checkout();
  const later = Date.now() / 1000 + 60;
  utimesSync(join(folder, 'lib/part.ts'), later, later);
  expect(run(folder)).toContain('part 1');
  expect(existsSync(join(folder, ...CACHE, 'main-ts.js'))).toBe(false);
});

test('runs where the cache cannot be written', () => {
  const folder = checkout();
  // A file in place of the folder refuses root as well.
  writeFileSync(join(folder, 'node_modules', '.cache'), '');
  expect(run(folder)).toBe(`main 1 part 1 package 1 ${folder}`);
  rmSync(join(folder, 'node_modules', '.cache'));
  chmodSync(join(folder, 'node_modules'), 0o555);
  expect(run(folder)).toBe(`main 1 part 1 package 1 ${folder}`);
});

test('makes the bundle again where its list is cut off', () => {
  const folder = checkout();
  const first = run(folder);
  truncateSync(join(folder, ...CACHE, 'main-ts.js'), 30);
  expect(run(folder)).toBe(first);
});

test('two runs at once print the same and leave one bundle', async () => {
  const folder = checkout();
  const said = await Promise.all(
    [1, 2].map(async () => {
      const child = spawn(process.execPath, ARGUMENTS, { cwd: folder });
      const chunks: Buffer[] = [];
      child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
      await once(child, 'close');
      return Buffer.concat(chunks).toString().trim();
    }),
  );
  const expected = `main 1 part 1 package 1 ${folder}`;
  expect(said).toEqual([expected, expected]);
  expect(readdirSync(join(folder, ...CACHE)).filter((name) => name !== 'compiled')).toEqual(['main-ts.js']);
});
