import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { RunLock } from '../../lib/cli/run-lock';
import { RUN_LOCK } from '../../lib/output/run-lock-file';
import { commandLineIn } from '../command-line';
import { temporaryFolder } from '../support';
import { tree, writtenRepository } from '../written-repository';

const acquire = (folder: string, lockTimeout = 0): ReturnType<typeof RunLock.acquire> =>
  RunLock.acquire({ folder, lockTimeout, onWait: () => {} });

async function held(folder: string): Promise<RunLock> {
  const lock = await acquire(folder);
  if (!(lock instanceof RunLock)) throw new Error(`held by ${lock.by}`);
  return lock;
}

/** As a killed run leaves it. */
function leave(folder: string, holder: object | string): void {
  const text = typeof holder === 'string' ? holder : JSON.stringify({ host: hostname(), run: 'x', ...holder });
  writeFileSync(join(folder, RUN_LOCK), text);
}

async function endedProcess(): Promise<number> {
  const child = spawn('true');
  await once(child, 'exit');
  return child.pid!;
}

test('has one holder at a time, and the next once that is done', async () => {
  const folder = temporaryFolder();
  const first = await held(folder);
  expect(await acquire(folder)).toEqual({ by: 'this process' });
  const waiting = acquire(folder, 5000);
  await setTimeout(150);
  first.release();
  const second = await waiting;
  expect(second).toMatchObject({ hadToWait: true, isHeld: true });
  (second as RunLock).release();
  expect(readdirSync(folder)).toEqual([]);
});

test('takes away the folders that it made, unless something was written there', async () => {
  const folder = join(temporaryFolder(), 'a', 'b');
  (await held(folder)).release();
  expect(existsSync(join(folder, '..'))).toBe(false);
  const lock = await held(folder);
  writeFileSync(join(folder, 'README.md'), '');
  lock.release();
  expect(readdirSync(folder)).toEqual(['README.md']);
});

test.each<[string, () => object | string | Promise<object>]>([
  ['has ended', async () => ({ pid: await endedProcess() })],
  ['had the number of this one before', () => ({ pid: process.pid })],
  ['had the number of one that runs', () => ({ pid: process.ppid, started: '1' })],
])('takes the place of a process that %s', async (_what, holder) => {
  const folder = temporaryFolder();
  leave(folder, await holder());
  (await held(folder)).release();
  expect(readdirSync(folder)).toEqual([]);
});

test.each<[string, object | string, RegExp]>([
  ['runs', { pid: process.ppid }, /^process \d+$/],
  ['runs on another machine', { pid: 1, host: 'elsewhere' }, /^process 1 on elsewhere$/],
  ['has not yet said who it is', '', /^a process that has just begun$/],
])('waits for a process that %s, and takes its place when that was long ago', async (_what, holder, by) => {
  const folder = temporaryFolder();
  leave(folder, holder);
  expect(await acquire(folder)).toEqual({ by: expect.stringMatching(by) });
  const isAlive = typeof holder === 'object' && !('host' in holder);
  utimesSync(join(folder, RUN_LOCK), 0, 0);
  expect((await acquire(folder)) instanceof RunLock).toBe(!isAlive);
});

test('notices when another run took over at the same moment', async () => {
  const folder = temporaryFolder();
  const lock = await held(folder);
  rmSync(join(folder, RUN_LOCK));
  leave(folder, { pid: process.ppid });
  expect(lock.isHeld).toBe(false);
  lock.release();
  expect(existsSync(join(folder, RUN_LOCK))).toBe(true);
});

test('refuses a folder that the kernel lets nobody make, and does not wait for one', async () => {
  await expect(acquire('/proc/nothing/here')).rejects.toThrow(/E[A-Z]+: .*mkdir/);
});

describe('synth', () => {
  test('refuses a folder that another process writes into, and says what to do', async () => {
    const folder = await writtenRepository();
    const before = tree(join(folder, 'dist'));
    leave(join(folder, 'dist'), { pid: process.ppid });
    const { exitCode, errorOutput } = await commandLineIn({ cwd: folder, lockTimeout: 0 }, 'synth');
    expect(exitCode).toBe(1);
    expect(errorOutput).toContain(
      `dist:1:1: error[output-in-use] another synthesis is writing to this folder: process ${process.ppid}`,
    );
    expect(errorOutput).toContain('delete dist/.cdk8s-spire-running');
    rmSync(join(folder, 'dist', RUN_LOCK));
    expect(tree(join(folder, 'dist'))).toEqual(before);
  });

  test('gives way where its folder was taken over while it worked, and writes nothing', async () => {
    const folder = await writtenRepository();
    const dist = join(folder, 'dist');
    rmSync(join(dist, 'README.md'));
    const before = Object.keys(tree(dist));
    const progress = (text: string): void => {
      if (text === '') leave(dist, { pid: process.ppid });
    };
    const { exitCode, errorOutput } = await commandLineIn({ cwd: folder, progress }, 'synth');
    expect([exitCode, errorOutput]).toEqual([1, expect.stringContaining('error[output-in-use]')]);
    rmSync(join(dist, RUN_LOCK));
    expect(Object.keys(tree(dist))).toEqual(before);
  });

  test('leaves nothing of a folder that it made where the fleet turns out to be wrong', async () => {
    const folder = await writtenRepository();
    const before = tree(folder);
    writeFileSync(join(folder, 'wrong.yaml'), 'fleet: wrong\nclusters: {}\n');
    const { exitCode, errorOutput } = await commandLineIn(
      { cwd: folder },
      'synth',
      '-f',
      'wrong.yaml',
      '-o',
      'new/deep',
    );
    expect([exitCode, errorOutput]).toEqual([1, expect.stringMatching(/wrong\.yaml:\d+:\d+: error\[/)]);
    expect(existsSync(join(folder, 'new'))).toBe(false);
    rmSync(join(folder, 'wrong.yaml'));
    expect(tree(folder)).toEqual(before);
  });

  test('leaves nothing in a folder with files of somebody else', async () => {
    const folder = await writtenRepository();
    const dist = join(folder, 'dist');
    rmSync(dist, { recursive: true });
    mkdirSync(join(folder, 'other'));
    writeFileSync(join(folder, 'other', 'README.md'), 'mine\n');
    const { exitCode } = await commandLineIn({ cwd: folder }, 'synth', '-o', 'other');
    expect([exitCode, readdirSync(join(folder, 'other'))]).toEqual([1, ['README.md']]);
  });

  test('has one run at a time, of which the second knows what the first wrote', async () => {
    const folder = await writtenRepository();
    rmSync(join(folder, 'dist'), { recursive: true });
    const answers = await Promise.all([1, 2].map(() => commandLineIn({ cwd: folder }, 'synth')));
    const said = answers.map(({ errorOutput }) => errorOutput).join('\n');
    expect(answers.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    expect(said).toContain('this process is writing to dist/; waiting for it to end');
    expect(said).toMatch(/ [1-9]\d* files written, 0 unchanged/);
    expect(said).toMatch(/ 0 files written, [1-9]\d* unchanged/);
    expect(existsSync(join(folder, 'dist', RUN_LOCK))).toBe(false);
  });
});
