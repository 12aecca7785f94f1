import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine, commandLineIn } from '../command-line';
import { tree, writtenRepository } from '../written-repository';

test('says that a new folder is partly written when something keeps it from its end, and goes on from there', async () => {
  const folder = await writtenRepository();
  const dist = join(folder, 'dist');
  const whole = tree(dist);
  rmSync(dist, { recursive: true });
  // Between the making of the files and their moving, somebody else puts a file where a folder has to go.
  const progress = (text: string): void => {
    if (text === '') writeFileSync(join(dist, 'cluster2'), 'mine\n');
  };
  const { exitCode, errorOutput } = await commandLineIn({ cwd: folder, progress }, 'synth');
  expect(exitCode).toBe(1);
  expect(errorOutput).toMatch(/^1 problem; dist\/ is partly written, and the next run of synth completes it$/m);
  expect(readdirSync(dist).sort()).toEqual(['README.md', 'cluster1', 'cluster2']);
  expect(existsSync(join(dist, 'cluster1', 'kustomization.yaml'))).toBe(true);

  rmSync(join(dist, 'cluster2'));
  expect((await commandLine(folder, 'synth')).exitCode).toBe(0);
  expect(tree(dist)).toEqual(whole);
});

test('writes into no folder that is the output of a fleet beside, and into that of one that was renamed', async () => {
  const folder = await writtenRepository();
  const before = tree(join(folder, 'dist'));
  cpSync(join(folder, 'fleet.yaml'), join(folder, 'staging.yaml'));
  const { exitCode, errorOutput } = await commandLine(folder, 'synth', '-f', 'staging.yaml');
  expect(exitCode).toBe(1);
  expect(errorOutput).toContain('dist:1:1: error[shared-output] this folder also contains the output of fleet.yaml,');
  expect(tree(join(folder, 'dist'))).toEqual(before);
  rmSync(join(folder, 'fleet.yaml'));
  expect((await commandLine(folder, 'synth', '-f', 'staging.yaml')).exitCode).toBe(0);
});

test.each(['dist/sub', 'dist/cluster1', 'dist/a/b'])(
  'writes into no folder inside an output, such as %s',
  async (output) => {
    const folder = await writtenRepository();
    const before = tree(folder);
    const { exitCode, errorOutput } = await commandLine(folder, 'synth', '-o', output);
    expect(exitCode).toBe(1);
    expect(errorOutput).toContain(
      `${output}:1:1: error[shared-output] this folder is inside dist/, which is another output;`,
    );
    expect(tree(folder)).toEqual(before);
  },
);

test('writes into no folder that holds the fleet, or the output of another', async () => {
  const folder = await writtenRepository();
  const refused = async (output: string, held: string): Promise<void> => {
    const before = tree(folder);
    const { exitCode, errorOutput } = await commandLine(folder, 'synth', '--output', output);
    expect(exitCode).toBe(1);
    expect(errorOutput).toMatch(
      new RegExp(`^${output}:1:1: error\\[shared-output\\] this folder also contains ${held},`),
    );
    expect(tree(folder)).toEqual(before);
  };
  await refused('.', 'fleet.yaml');
  await refused('..', 'fleet.yaml');
  mkdirSync(join(folder, 'sites'));
  renameSync(join(folder, 'dist'), join(folder, 'sites', 'one'));
  await refused('sites', 'one/fleet.lock.yaml');
});
