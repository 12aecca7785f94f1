/** What `diff`, `prune-commands` and `check --since` say where Git has no files of the output folder, and of files that are none of ours. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Repository } from '../repository';
import { temporaryFolder } from '../support';
import { commitAll } from '../written-repository';

let repository: Repository;
let folder: string;

beforeEach(() => {
  repository = Repository.withWalkthrough();
  ({ folder } = repository);
});

/** Makes a submodule of a folder of the repository, with what is in it. */
function makeSubmodule(path: string): void {
  const origin = join(temporaryFolder(), 'origin');
  renameSync(join(folder, path), origin);
  commitAll(origin);
  const git = (...args: readonly string[]): unknown =>
    execFileSync('git', ['-C', folder, '-c', 'protocol.file.allow=always', ...args], { stdio: 'pipe' });
  git('rm', '-r', '-q', '--cached', path);
  git('submodule', 'add', '-q', origin, path);
  commitAll(folder);
}

test.each(['dist', 'dist/cluster1'])(
  'says that %s is a submodule, whose files Git does not have here',
  async (path) => {
    makeSubmodule(path);
    for (const command of [['diff'], ['prune-commands']]) {
      const { exitCode, errorOutput } = await repository.run(...command);
      expect(errorOutput).toContain(`HEAD: ${path} is a submodule there, and this repository has none of its files`);
      expect(exitCode).toBe(2);
    }
    if (path !== 'dist') return;
    const { exitCode, errorOutput } = await repository.run('check', '--since', 'HEAD');
    expect([exitCode, errorOutput]).toEqual([2, expect.stringContaining('HEAD: dist is a submodule there')]);
  },
);

test('says that the folder is a link, or lies behind one', async () => {
  renameSync(join(folder, 'dist'), join(folder, 'output'));
  symlinkSync('output', join(folder, 'dist'));
  mkdirSync(join(folder, 'deep'));
  symlinkSync('..', join(folder, 'deep', 'link'));
  commitAll(folder);
  for (const [output, link] of [
    ['dist', 'dist'],
    ['deep/link/output', 'deep/link'],
  ] as const) {
    const { exitCode, errorOutput } = await repository.run('diff', '--output', output);
    expect([exitCode, errorOutput]).toEqual([2, expect.stringContaining(`HEAD: ${link} is a link there`)]);
  }
  expect((await repository.run('diff', '--output', 'output')).exitCode).toBe(0);
});

test('passes over what cannot be output: names that are not UTF-8, and gigabytes of somebody else', async () => {
  const name = Buffer.concat([Buffer.from(`${folder}/dist/cluster1/`), Buffer.from([0xff]), Buffer.from('.yaml')]);
  writeFileSync(name, 'a: b\n');
  commitAll(folder);
  for (const huge of ['huge.yaml', 'cluster1/dump.bin']) {
    writeFileSync(join(folder, 'dist', huge), '');
    truncateSync(join(folder, 'dist', huge), 3 * 1024 ** 3);
  }
  const { exitCode, errorOutput, printed } = await repository.run('diff');
  expect([exitCode, errorOutput]).toEqual([0, '']);
  expect(printed).not.toMatch(/huge|dump/);
});
