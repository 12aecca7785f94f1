/** Files of a person in the output folder: `check` and `synth` name those that seem to be applied, and touch none. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine } from '../command-line';
import { writtenRepository } from '../written-repository';

const OWN = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: mine }\n';

async function warned(folder: string, command: string): Promise<readonly [number, readonly string[]]> {
  const { exitCode, errorOutput } = await commandLine(folder, command);
  return [exitCode, errorOutput.split('\n').filter((line) => /\b(error|warning)\[/.test(line))];
}

test('are named where nothing applies them, by check and by synth', async () => {
  const folder = await writtenRepository();
  const files = ['cluster1/own.yaml', 'cluster2/workloads/own.yaml', 'notes.yaml', 'cluster1/notes.md'];
  for (const file of files) writeFileSync(join(folder, 'dist', file), OWN);
  for (const command of ['check', 'synth', 'check']) {
    expect(await warned(folder, command)).toEqual([
      0,
      ['cluster1/own.yaml', 'cluster2/workloads/own.yaml'].map((file) =>
        expect.stringContaining(`dist/${file}:1:1: warning[unapplied-file]`),
      ),
    ]);
  }
  expect((await commandLine(folder, 'check', '--strict')).exitCode).toBe(1);
  for (const file of files) expect(readFileSync(join(folder, 'dist', file), 'utf8')).toBe(OWN);
});

test('stay where their first line is a copy of ours', async () => {
  const folder = await writtenRepository();
  const copy = readFileSync(join(folder, 'dist', 'cluster2', 'workloads', 'bookinfo.yaml'), 'utf8');
  mkdirSync(join(folder, 'dist', 'kept'));
  for (const file of ['cluster2/workloads/mine.yaml', 'kept/mine.yaml']) {
    writeFileSync(join(folder, 'dist', file), copy);
  }
  const fleet = readFileSync(join(folder, 'fleet.yaml'), 'utf8');
  writeFileSync(join(folder, 'fleet.yaml'), fleet.replace(/\nworkloads:[\s\S]*$/, '\n'));
  const [exitCode, heads] = await warned(folder, 'synth');
  expect(exitCode).toBe(0);
  expect(heads.filter((head) => head.includes('unlisted-file'))).toHaveLength(2);
  expect(readFileSync(join(folder, 'dist', 'kept', 'mine.yaml'), 'utf8')).toBe(copy);
  expect(readFileSync(join(folder, 'dist', 'cluster2', 'workloads', 'mine.yaml'), 'utf8')).toBe(copy);
});

test('are told from ours in an output of a version without lists, of which nothing is removed', async () => {
  const folder = await writtenRepository();
  for (const list of ['', 'cluster1', 'cluster2']) rmSync(join(folder, 'dist', list, 'files.lock'));
  const fleet = readFileSync(join(folder, 'fleet.yaml'), 'utf8');
  writeFileSync(join(folder, 'fleet.yaml'), fleet.replace(/\nworkloads:[\s\S]*$/, '\n'));
  const stale = 'dist/cluster2/workloads/bookinfo.yaml:1:1';
  const checked = await commandLine(folder, 'check');
  expect(checked.exitCode).toBe(1);
  expect(checked.errorOutput).toContain(`${stale}: error[unlisted-file]`);
  expect(checked.errorOutput).toContain('hint: write files.lock with npm run synth; then delete this file');
  const { exitCode, errorOutput } = await commandLine(folder, 'synth');
  expect(exitCode).toBe(0);
  expect(errorOutput).toContain(`${stale}: warning[unlisted-file]`);
  const [again, heads] = await warned(folder, 'check');
  expect([again, heads]).toEqual([1, expect.arrayContaining([expect.stringContaining('error[unlisted-file]')])]);
  expect(errorOutput).toMatch(/, 0 removed in dist\/$/m);
  // From here on, the lists know.
  writeFileSync(join(folder, 'fleet.yaml'), fleet);
  await commandLine(folder, 'synth');
  writeFileSync(join(folder, 'fleet.yaml'), fleet.replace(/\nworkloads:[\s\S]*$/, '\n'));
  expect((await commandLine(folder, 'synth')).errorOutput).not.toMatch(/, 0 removed in dist\/$/m);
});
