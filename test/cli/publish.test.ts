import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
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
  const { exitCode, complained } = await commandLineIn({ cwd: folder, progress }, 'synth');
  expect(exitCode).toBe(1);
  expect(complained).toMatch(/^1 problem; dist\/ is partly written, and synth goes on from there$/m);
  expect(readdirSync(dist).sort()).toEqual(['README.md', 'cluster1', 'cluster2']);
  expect(existsSync(join(dist, 'cluster1', 'kustomization.yaml'))).toBe(true);

  rmSync(join(dist, 'cluster2'));
  expect((await commandLine(folder, 'synth')).exitCode).toBe(0);
  expect(tree(dist)).toEqual(whole);
});
