/** What runs the sources of a checkout: a bundle that is kept, and never believed where anything it was made of has changed. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../support';

const ROOT = join(__dirname, '..', '..');
const CACHE = ['node_modules', '.cache', 'cdk8s-spire'];

/** A checkout of two files, which prints what both say. */
function checkout(): string {
  const folder = temporaryFolder();
  cpSync(join(ROOT, 'bin'), join(folder, 'bin'), { recursive: true });
  for (const name of ['imports', 'lib', join('node_modules', 'some-package')]) {
    mkdirSync(join(folder, name), { recursive: true });
  }
  for (const name of ['esbuild', '@esbuild']) {
    symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  }
  write(folder, 'tsconfig.json', '{}');
  write(folder, 'package.json', '{}');
  write(folder, 'node_modules/.package-lock.json', '{ "some-package": 1 }');
  write(folder, 'node_modules/some-package/index.js', "module.exports = 'package 1';");
  write(folder, 'lib/part.ts', "export const part: string = 'part 1';");
  write(
    folder,
    'main.ts',
    "import said from 'some-package'; import { part } from './lib/part'; console.log('main 1', part, said, __dirname);",
  );
  return folder;
}

function write(folder: string, name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

function run(folder: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, ['--require', './bin/typescript.js', 'main.ts'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return (stdout + stderr).trim();
}

/** Takes the compiler away, so that only what was kept can run. */
function withoutCompiler(folder: string): string {
  for (const name of ['esbuild', '@esbuild']) rmSync(join(folder, 'node_modules', name));
  return folder;
}

test('runs what was kept, where nothing changed', () => {
  const folder = checkout();
  const first = run(folder);
  expect(first).toBe(`main 1 part 1 package 1 ${folder}`);
  expect(run(withoutCompiler(folder))).toBe(first);
  expect(readdirSync(join(folder, ...CACHE)).sort()).toEqual(['main-ts.code', 'main-ts.js', 'main-ts.js.packages']);
});

test.each([
  ['its first file', 'main.ts', "console.log('main 2');", 'main 2'],
  ['a file that it imports', 'lib/part.ts', "export const part = 'part 2';", 'main 1 part 2 package 1'],
])('sees a change of %s', (_what, name, text, expected) => {
  const folder = checkout();
  run(folder);
  write(folder, name, text);
  expect(run(folder)).toContain(expected);
});

test('sees that npm installed another version of a package', () => {
  const folder = checkout();
  run(folder);
  write(folder, 'node_modules/.package-lock.json', '{ "some-package": 2 }');
  write(folder, 'node_modules/some-package/index.js', "module.exports = 'package 2';");
  expect(run(folder)).toContain('main 1 part 1 package 2');
});

test('sees that a package was patched behind the back of npm', () => {
  const folder = checkout();
  run(folder);
  write(folder, 'node_modules/some-package/index.js', "module.exports = 'patched';");
  expect(run(folder)).toContain('main 1 part 1 patched');
});

test('sees a file that goes before another of its name', () => {
  const folder = checkout();
  run(folder);
  write(folder, 'lib/part.tsx', "export const part = 'part of tsx';");
  expect(run(folder)).toContain('main 1 part of tsx');
});

test('keeps nothing where settings come from elsewhere', () => {
  const folder = checkout();
  write(folder, 'tsconfig.json', '{ "extends": "./base.json" }');
  write(folder, 'base.json', '{}');
  run(folder);
  expect(existsSync(join(folder, ...CACHE, 'main-ts.js'))).toBe(false);
});

test('tells the line at fault as it stands in what it kept', () => {
  const folder = checkout();
  write(folder, 'main.ts', "import './lib/part'; throw new Error('at fault');");
  const [, line = '0'] = /main-ts\.js:(\d+)/.exec(run(folder)) ?? [];
  const kept = readFileSync(join(folder, ...CACHE, 'main-ts.js'), 'utf8').split('\n');
  expect(kept[Number(line) - 1]).toContain('at fault');
});

test('keeps nothing of a program that imports from elsewhere, whose changes it would not see', () => {
  const folder = checkout();
  mkdirSync(join(folder, 'elsewhere'));
  write(folder, 'elsewhere/part.ts', "export const part = 'elsewhere 1';");
  write(folder, 'main.ts', "import { part } from './elsewhere/part'; console.log(part);");
  expect(run(folder)).toBe('elsewhere 1');
  write(folder, 'elsewhere/part.ts', "export const part = 'elsewhere 2';");
  expect(run(folder)).toBe('elsewhere 2');
});

test('keeps nothing where npm left no note of what it installed', () => {
  const folder = checkout();
  rmSync(join(folder, 'node_modules', '.package-lock.json'));
  run(folder);
  write(folder, 'node_modules/some-package/index.js', "module.exports = 'package 2';");
  expect(run(folder)).toContain('package 2');
});

test.each(['main-ts.js', 'main-ts.js.packages', 'main-ts.code'])('makes %s again where it is damaged', (name) => {
  const folder = checkout();
  const first = run(folder);
  const kept = join(folder, ...CACHE, name);
  const bytes = readFileSync(kept);
  // One bit, in the middle of what V8 would otherwise run.
  const middle = bytes.length >> 1;
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
  writeFileSync(kept, bytes);
  expect(run(folder)).toBe(first);
  expect(readFileSync(kept).equals(bytes)).toBe(false);
});
