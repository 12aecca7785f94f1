/** Runs that a person or the system breaks off: processes of their own, which get signals. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { RUN_LOCK } from '../../lib/output/run-lock-file';
import { manyClusters } from '../many-clusters';
import { temporaryFolder } from '../support';
import { tree } from '../written-repository';

const ROOT = join(__dirname, '..', '..');
const PROGRAM = join(ROOT, 'bin', 'cdk8s-spire.js');

/** A fleet with roots that are valid by the clock of the machine. */
function repository(): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'fleet.yaml'), manyClusters());
  const { status, stderr } = spawnSync(process.execPath, [PROGRAM, 'root'], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return folder;
}

function start(folder: string): ChildProcess {
  return spawn(process.execPath, [PROGRAM, 'synth'], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
}

/** Waits until a run has put files aside, of which none is in its place yet. */
async function staged(folder: string, child: ChildProcess): Promise<void> {
  const dist = join(folder, 'dist');
  const isStaged = (): boolean =>
    existsSync(dist) && readdirSync(dist).some((name) => name.startsWith('.cdk8s-spire-partial-'));
  while (!isStaged() && child.exitCode === null) await setTimeout(1);
}

async function brokenOff(folder: string, signal: NodeJS.Signals): Promise<unknown> {
  const child = start(folder);
  const ended = once(child, 'exit');
  await staged(folder, child);
  child.kill(signal);
  return (await ended)[1];
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('leaves nothing behind on %s', async (signal) => {
  const folder = repository();
  expect(await brokenOff(folder, signal)).toBe(signal);
  expect(existsSync(join(folder, 'dist'))).toBe(false);
});

test('cleans in the next run what a killed one left', async () => {
  const folder = repository();
  expect(await brokenOff(folder, 'SIGKILL')).toBe('SIGKILL');
  const left = readdirSync(join(folder, 'dist'));
  expect(left.sort()).toEqual([expect.stringMatching(/^\.cdk8s-spire-partial-/), RUN_LOCK]);
  const { status, stderr } = spawnSync(process.execPath, [PROGRAM, 'synth'], { cwd: folder, encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, expect.stringMatching(/ 0 unchanged, 0 removed in dist\/\n$/)]);
  expect(Object.keys(tree(join(folder, 'dist'))).filter((path) => path.includes('cdk8s-spire-'))).toEqual([]);
});

test('lets a second run wait for the first, and both end well', async () => {
  const folder = repository();
  const first = start(folder);
  await staged(folder, first);
  const second = start(folder);
  let said = '';
  second.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  const codes = await Promise.all([first, second].map(async (child) => (await once(child, 'exit'))[0]));
  expect(codes).toEqual([0, 0]);
  expect(said).toMatch(/ 0 files written, \d+ unchanged, 0 removed/);
});
