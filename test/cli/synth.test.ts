/** `cdk8s synth` as a person runs it: a process of its own in a folder of its own. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { temporaryFolder } from '../support';

const ROOT = join(__dirname, '..', '..');
const APP = ['--require', join(ROOT, 'bin', 'typescript.js'), join(ROOT, 'main.ts')];

/** A repository of a person: fleet, roots, cdk8s.yaml. */
function repository(): string {
  const folder = temporaryFolder();
  cpSync(join(ROOT, 'fleet.yaml'), join(folder, 'fleet.yaml'));
  mkdirSync(join(folder, 'trust'));
  for (const name of ['cluster1.demo.pem', 'cluster2.demo.pem']) {
    cpSync(join(ROOT, 'trust', name), join(folder, 'trust', name));
  }
  writeFileSync(
    join(folder, 'cdk8s.yaml'),
    `language: typescript\napp: node ${APP.join(' ')}\noutput: .cdk8s-output\n`,
  );
  return folder;
}

interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function cdk8sSynth(folder: string): Finished {
  return spawnSync(process.execPath, [join(ROOT, 'node_modules', 'cdk8s-cli', 'bin', 'cdk8s'), 'synth'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false' },
  });
}

function app(folder: string, env: Record<string, string> = {}): Finished {
  return spawnSync(process.execPath, APP, { cwd: folder, encoding: 'utf8', env: { ...process.env, ...env } });
}

/** Path → content of every file below a folder. */
function tree(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]),
  );
}

const committed = tree(join(ROOT, 'dist'));

test('writes dist/ through the cdk8s CLI, which lists the manifests', () => {
  const folder = repository();
  const { status, stdout, stderr } = cdk8sSynth(folder);
  expect(stderr).toMatch(/^2 clusters, \d+ objects: \d+ files written, 0 unchanged, 0 removed in dist\/$/m);
  expect(status).toBe(0);
  expect(stdout).toContain('cluster1/spire-server/server.yaml');
  expect(tree(join(folder, 'dist'))).toEqual(committed);
});

test('leaves dist/ byte-identical, and prints no stack trace, when the fleet has a fault', () => {
  const folder = repository();
  expect(app(folder).status).toBe(0);
  writeFileSync(
    join(folder, 'fleet.yaml'),
    readFileSync(join(folder, 'fleet.yaml'), 'utf8').replace('calls: [bookinfo]', 'calls: [bokinfo]'),
  );
  const { status, stderr } = cdk8sSynth(folder);
  expect(status).toBe(1);
  expect(stderr).toContain('fleet.yaml:37:13: error[unknown-workload]');
  expect(stderr).toContain('did you mean "bookinfo"?');
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(tree(join(folder, 'dist'))).toEqual(committed);
});

test('begins anew by the commands of the README, with roots and names of the person', () => {
  const block = /```sh\n(rm -r dist[\s\S]*?)```/.exec(readFileSync(join(ROOT, 'README.md'), 'utf8'))?.[1] ?? '';
  const commands = block
    .trim()
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim());
  expect(commands).toEqual(['rm -r dist', 'npx cdk8s-spire root --replace', 'npm run synth']);
  const folder = repository();
  expect(app(folder).status).toBe(0);
  const fleet = join(folder, 'fleet.yaml');
  writeFileSync(fleet, readFileSync(fleet, 'utf8').replace('trustDomain: cluster1.demo', 'trustDomain: one.example'));
  rmSync(join(folder, 'dist'), { recursive: true });
  const root = [join(ROOT, 'bin', 'cdk8s-spire.js'), 'root', '--replace'];
  expect(spawnSync(process.execPath, root, { cwd: folder, encoding: 'utf8' }).status).toBe(0);
  expect(app(folder)).toMatchObject({ status: 0 });
});

test('ends with 1 on a fault when it runs without the CLI', () => {
  const folder = repository();
  rmSync(join(folder, 'trust', 'cluster2.demo.pem'));
  const { status, stderr } = app(folder);
  expect(status).toBe(1);
  expect(stderr).toContain('error[file-missing]');
  expect(existsSync(join(folder, 'dist'))).toBe(false);
});

test('rewrites nothing when nothing changed, and removes what is no longer produced', () => {
  const folder = repository();
  app(folder);
  const server = join(folder, 'dist', 'cluster1', 'spire-server', 'server.yaml');
  const before = statSync(server).mtimeMs;
  expect(app(folder).stderr).toContain('0 files written');
  expect(statSync(server).mtimeMs).toBe(before);

  writeFileSync(join(folder, 'dist', 'notes.txt'), 'mine\n');
  const fleet = readFileSync(join(folder, 'fleet.yaml'), 'utf8');
  writeFileSync(join(folder, 'fleet.yaml'), fleet.replace(/\nworkloads:[\s\S]*$/, '\n'));
  const { stderr } = app(folder);
  expect(stderr).toMatch(/[1-9]\d* removed/);
  expect(existsSync(join(folder, 'dist', 'cluster1', 'workloads'))).toBe(false);
  expect(readFileSync(join(folder, 'dist', 'notes.txt'), 'utf8')).toBe('mine\n');
});

test('refuses to overwrite a file of somebody else', () => {
  const folder = repository();
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist', 'README.md'), '# mine\n');
  const { status, stderr } = app(folder);
  expect(status).toBe(1);
  expect(stderr).toContain('dist/README.md:1:1: error[foreign-file]');
  expect(tree(join(folder, 'dist'))).toEqual({ 'README.md': '# mine\n' });
});

test('says so when dist/ cannot be written, and ends with 1', () => {
  const folder = repository();
  writeFileSync(join(folder, 'dist'), 'a file where the folder has to go\n');
  const { status, stderr } = app(folder);
  expect(status).toBe(1);
  expect(stderr).toContain('error[unwritable-output]');
  expect(stderr).not.toMatch(/^\s+at /m);
});

test('writes into the folder that the CLI was asked for', () => {
  const folder = repository();
  expect(app(folder, { CDK8S_OUTDIR: 'elsewhere' }).status).toBe(0);
  // The first line of each file names the folder, and so do the commands of the page.
  const written = Object.entries(tree(join(folder, 'elsewhere'))).map(([path, text]) => [
    path,
    text.replace('npx cdk8s-spire synth -o elsewhere', 'npm run synth').replaceAll(' -o elsewhere', ''),
  ]);
  expect(Object.fromEntries(written)).toEqual(committed);
  expect(existsSync(join(folder, 'dist'))).toBe(false);
});

test('leaves each file old or new, never torn, when it is killed, and repairs the rest in the next run', async () => {
  const folder = repository();
  app(folder);
  // The name of the fleet file is in every file, so that the kill meets many writes.
  const old = tree(join(folder, 'dist'));
  const fleet = readFileSync(join(folder, 'fleet.yaml'), 'utf8');
  writeFileSync(join(folder, 'other.yaml'), fleet.replace('spire: 1.15.3', 'spire: 1.14.6'));
  rmSync(join(folder, 'fleet.yaml'));
  const reference = temporaryFolder();
  cpSync(folder, reference, { recursive: true });
  app(reference, { FLEET: 'other.yaml' });
  const renewed = tree(join(reference, 'dist'));
  const child = spawn(process.execPath, APP, {
    cwd: folder,
    stdio: 'ignore',
    env: { ...process.env, FLEET: 'other.yaml' },
  });
  const ended = once(child, 'exit');
  // The first file of the output is also the first that is written.
  const first = join(folder, 'dist', 'README.md');
  while (child.exitCode === null && readFileSync(first, 'utf8') === old['README.md']) {
    await setTimeout(1);
  }
  child.kill('SIGKILL');
  await ended;
  const interrupted = Object.entries(tree(join(folder, 'dist'))).filter(([path]) => !path.startsWith('.cdk8s-spire-'));
  for (const [path, text] of interrupted) {
    expect([old[path], renewed[path]]).toContain(text);
  }
  expect(interrupted.some(([path, text]) => text === renewed[path])).toBe(true);
  expect(app(folder, { FLEET: 'other.yaml' })).toMatchObject({ status: 0 });
  expect(tree(join(folder, 'dist'))).toEqual(renewed);
});
