/** A lock that is not what synth wrote is one problem, whatever it is, and stops synth before anything is written. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine } from '../command-line';
import { tree, writtenRepository } from '../written-repository';

let folder: string;
let lock: string;
let whole: string;

beforeAll(async () => {
  folder = await writtenRepository();
  lock = join(folder, 'dist', 'fleet.lock.yaml');
  whole = readFileSync(lock, 'utf8');
});

beforeEach(() => rmSync(lock, { recursive: true }));
afterEach(() => {
  rmSync(lock, { recursive: true, force: true });
  writeFileSync(lock, whole);
});

/** Both commands say the one thing, and leave the folder as it is. */
async function expectDamaged(place: string, reason: string): Promise<void> {
  for (const command of ['check', 'synth']) {
    const { exitCode, errorOutput } = await commandLine(folder, command);
    const heads = errorOutput.split('\n').filter((line) => /\b(error|warning)\[/.test(line));
    expect([exitCode, heads]).toEqual([
      1,
      [
        `dist/fleet.lock.yaml:${place}: error[damaged-lock] this lock file cannot be read: ${reason}; synth needs it to compare the fleet with the last synthesis`,
      ],
    ]);
    expect(errorOutput).toContain('git checkout HEAD -- dist/fleet.lock.yaml');
    expect(errorOutput).not.toContain('internal error');
  }
}

test('is refused on the line that is wrong', async () => {
  writeFileSync(lock, whole.replace(/\{.*\}\n$/, 'null\n'));
  await expectDamaged('4:1', 'this is no cluster as synth writes it');
});

test('says that a merge left it unresolved, and to take either side', async () => {
  const own = whole.split('\n').find((line) => line.startsWith('"cluster2"')) ?? '';
  writeFileSync(lock, whole.replace(own, `<<<<<<< HEAD\n${own}\n=======\n${own}\n>>>>>>> other`));
  await expectDamaged('4:1', 'it has conflict markers of Git');
  const { errorOutput } = await commandLine(folder, 'synth');
  expect(errorOutput).toContain(
    'hint: restore one side, such as your own, and synthesize again: git checkout HEAD -- dist/fleet.lock.yaml',
  );
});

test.each<[string, () => void, string]>([
  ['a directory', () => mkdirSync(lock), 'it is a directory'],
  ['a FIFO', () => execFileSync('mkfifo', [lock]), 'it is not a regular file'],
  ['a link to a device without end', () => symlinkSync('/dev/zero', lock), 'it is not a regular file'],
  ['a link to itself', () => symlinkSync(lock, lock), 'its symbolic links form a loop'],
  ['not UTF-8', () => writeFileSync(lock, Buffer.from([0x23, 0xff])), 'byte 1 is not UTF-8'],
])('is refused, and not waited for, when it is %s', async (_what, make, reason) => {
  make();
  await expectDamaged('1:1', reason);
});

test('leaves every other file as it is when the lock is refused', async () => {
  const before = tree(join(folder, 'dist'));
  writeFileSync(lock, whole.replace(/\{.*\}\n$/, 'null\n'));
  const fleet = readFileSync(join(folder, 'fleet.yaml'), 'utf8');
  writeFileSync(join(folder, 'fleet.yaml'), fleet.replace('fleet: walkthrough', 'fleet: other'));
  expect((await commandLine(folder, 'synth')).exitCode).toBe(1);
  writeFileSync(join(folder, 'fleet.yaml'), fleet);
  rmSync(lock);
  expect(tree(join(folder, 'dist'))).toEqual(before);
});
