/** `cdk8s synth` with options of the CLI, and `npm run synth`, as a person runs them. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { temporaryFolder } from '../support';
import { commitAll, tree } from '../written-repository';

const ROOT = join(__dirname, '..', '..');
const CLI = join(ROOT, 'node_modules', 'cdk8s-cli', 'bin', 'cdk8s');
const QUIET = join(ROOT, 'bin', 'quiet-cdk8s.js');
const APP = `node --require ${join(ROOT, 'bin', 'typescript.js')} ${join(ROOT, 'main.ts')}`;

/** A repository of a person, with its output committed. */
function repository(): string {
  const folder = temporaryFolder();
  for (const name of ['fleet.yaml', 'trust', 'dist']) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true, filter: (path) => !path.endsWith('private') });
  }
  writeFileSync(join(folder, 'cdk8s.yaml'), `language: typescript\napp: ${APP}\noutput: .cdk8s-output\n`);
  commitAll(folder);
  return folder;
}

interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(folder: string, program: string, ...args: readonly string[]): Finished {
  const env = { ...process.env, CDK8S_CHECK_UPGRADE: 'false', NODE_PATH: join(ROOT, 'node_modules') };
  return spawnSync(process.execPath, [program, 'synth', ...args], { cwd: folder, encoding: 'utf8', env });
}

function edit(folder: string, from: string, to: string): void {
  const file = join(folder, 'fleet.yaml');
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from)) throw new Error(`there is no ${from} in the fleet`);
  writeFileSync(file, text.replace(from, to));
}

describe('with an output folder that the CLI deletes', () => {
  test('says that the folder is gone, and how it is taken back, when the fleet is wrong', () => {
    const folder = repository();
    const before = tree(join(folder, 'dist'));
    edit(folder, 'calls: [bookinfo]', 'calls: [bokinfo]');
    const { status, stderr } = run(folder, CLI, '-o', 'dist');
    expect(status).toBe(1);
    expect(stderr).not.toContain('unchanged');
    const state =
      '1 problem; dist/ was deleted by the cdk8s CLI before this run; restore it: git checkout HEAD -- dist';
    expect(stderr).toContain(`${state}\n`);
    spawnSync('git', ['checkout', 'HEAD', '--', 'dist'], { cwd: folder });
    expect(tree(join(folder, 'dist'))).toEqual(before);
  });

  test('holds the fleet against the lock of the last commit, and writes what is right', () => {
    const folder = repository();
    const before = tree(join(folder, 'dist'));
    const right = run(folder, CLI, '-o', 'dist');
    expect([right.status, right.stderr]).toEqual([
      0,
      expect.stringContaining('note: with --output, the cdk8s CLI first deletes that folder'),
    ]);
    expect(tree(join(folder, 'dist'))).toEqual(before);
    edit(folder, 'trustDomain: cluster1.demo', 'trustDomain: one.demo');
    cpSync(join(folder, 'trust', 'cluster1.demo.pem'), join(folder, 'trust', 'one.demo.pem'));
    const renamed = run(folder, CLI, '-o', 'dist');
    expect(renamed.stderr).toContain('error[trust-domain-renamed]');
    expect(renamed.status).toBe(1);
  });

  test('is a first synthesis where no commit has a lock', () => {
    const folder = repository();
    rmSync(join(folder, '.git'), { recursive: true });
    edit(folder, 'calls: [bookinfo]', 'calls: [bokinfo]');
    const wrong = run(folder, CLI, '-o', 'other');
    expect(wrong.stderr).toContain(
      '1 problem; other/ was deleted if it existed: the cdk8s CLI first deletes the folder',
    );
    edit(folder, 'calls: [bokinfo]', 'calls: [bookinfo]');
    expect(run(folder, CLI, '-o', 'other').status).toBe(0);
  });
});

test('refuses to print everything at once, and writes nothing', () => {
  const folder = repository();
  rmSync(join(folder, 'dist'), { recursive: true });
  const { status, stdout, stderr } = run(folder, CLI, '--stdout');
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toContain('error: cdk8s synth --stdout loses objects');
  expect(stderr).toContain('kubectl apply -k dist/CLUSTER/LAYER');
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(existsSync(join(folder, 'dist'))).toBe(false);
});

test('takes no folder of a person for the one of --stdout: it holds something, or lies elsewhere', () => {
  const folder = repository();
  const outdir = mkdtempSync(join(tmpdir(), 'cdk8s-'));
  writeFileSync(join(outdir, 'notes.txt'), 'mine\n');
  const app = spawnSync('sh', ['-c', APP], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, CDK8S_OUTDIR: outdir },
  });
  expect([app.status, existsSync(join(outdir, 'README.md'))]).toEqual([0, true]);
  rmSync(outdir, { recursive: true });
});

describe('the quiet CLI, which npm run synth runs', () => {
  test('is what the scripts of this repository run', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(scripts.synth).toBe('node bin/quiet-cdk8s.js synth --check-upgrade=false');
  });

  test('ends with the summary of the app, and lists no files', () => {
    const { status, stdout, stderr } = run(repositoryWithPackages(), QUIET);
    expect([status, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(/^2 clusters, \d+ objects: 0 files written, \d+ unchanged, 0 removed in dist\/\n$/);
  });

  test('ends with the problems of the app, and fails', () => {
    const folder = repositoryWithPackages();
    edit(folder, 'calls: [bookinfo]', 'calls: [bokinfo]');
    const { status, stdout, stderr } = run(folder, QUIET);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/hint: did you mean "bookinfo"\?\n\n1 problem; dist\/ is unchanged\n$/);
  });

  test('shows what the CLI has to say of itself', () => {
    const folder = repositoryWithPackages();
    expect(run(folder, QUIET, '--format', 'nonsense').stderr).toContain('synthesis format');
  });
});

/** The CLI is looked for in the packages of the project. */
function repositoryWithPackages(): string {
  const folder = repository();
  const link = spawnSync('ln', ['-s', join(ROOT, 'node_modules'), join(folder, 'node_modules')]);
  if (link.status !== 0) throw new Error('no link');
  return folder;
}
