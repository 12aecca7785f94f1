import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine, commandLineIn } from '../command-line';
import { privateKeyMark, temporaryFolder } from '../support';
import { commitAll, edit, executeGit, tree, writtenRepository } from '../written-repository';

const SERVER = 'dist/cluster1/spire-server/server.yaml';

/** First lines of the problems that `check` finds. */
const headsOf = (text: string): readonly string[] => text.split('\n').filter((line) => / (error|warning)\[/.test(line));

describe('an output folder', () => {
  test('passes when it is up to date', async () => {
    const { exitCode, errorOutput, printed } = await commandLine(await writtenRepository(), 'check');
    expect(exitCode).toBe(0);
    expect(errorOutput).toMatch(/^2 clusters, \d+ objects in \d+ files: up to date$/);
    expect(printed).toBe('');
  });

  test.each(['dist', 'prod'])(
    'passes under the name of a symbolic link to %s, in which it was written',
    async (name) => {
      const folder = await writtenRepository();
      renameSync(join(folder, 'dist'), join(folder, name));
      expect(await commandLine(folder, 'synth', '-o', name)).toMatchObject({ exitCode: 0 });
      symlinkSync(name, join(folder, 'link'));
      const { exitCode, errorOutput } = await commandLine(folder, 'check', '-o', 'link');
      expect([exitCode, headsOf(errorOutput)]).toEqual([0, []]);
    },
  );

  test('passes as dist where dist is a symbolic link, and as the folder behind it', async () => {
    const folder = await writtenRepository();
    renameSync(join(folder, 'dist'), join(folder, 'output'));
    symlinkSync('output', join(folder, 'dist'));
    expect(headsOf((await commandLine(folder, 'check')).errorOutput)).toEqual([]);
    expect(headsOf((await commandLine(folder, 'check', '-o', 'output')).errorOutput)).toEqual([]);
  });

  test('fails at the first character that differs, and shows both versions', async () => {
    const folder = await writtenRepository();
    edit(join(folder, SERVER), 'replicas: 1', 'replicas: 2');
    const { exitCode, errorOutput } = await commandLine(folder, 'check');
    expect(exitCode).toBe(1);
    expect(headsOf(errorOutput)).toEqual([
      expect.stringMatching(
        /^dist\/cluster1\/spire-server\/server\.yaml:\d+:13: error\[stale-output\] .*expected "replicas: 1", got "replicas: 2"/,
      ),
    ]);
    expect(errorOutput).toContain('hint: update the output with npm run synth and commit dist/');
  });

  test('fails with every file that is missing, extra or older when the fleet changed after it was written', async () => {
    const folder = await writtenRepository();
    edit(join(folder, 'fleet.yaml'), '  bookinfo:\n', '  library:\n');
    edit(join(folder, 'fleet.yaml'), 'calls: [bookinfo]', 'calls: [library]');
    const { exitCode, errorOutput } = await commandLine(folder, 'check');
    expect(exitCode).toBe(1);
    const heads = headsOf(errorOutput).join('\n');
    expect(heads).toMatch(/^dist\/cluster2\/workloads\/library\.yaml:1:1: error\[missing-output\]/m);
    expect(heads).toMatch(/^dist\/cluster2\/workloads\/bookinfo\.yaml:1:1: error\[extra-output\]/m);
    expect(heads).toMatch(/^dist\/README\.md:\d+:\d+: error\[stale-output\]/m);
  });

  test('fails once for a list of files, whatever lines of it differ', async () => {
    const folder = await writtenRepository();
    const list = join(folder, 'dist', 'cluster1', 'files.lock');
    edit(list, 'federation-cluster2', 'federation-old');
    edit(list, 'kustomization', 'customization');
    const { errorOutput } = await commandLine(folder, 'check');
    expect(headsOf(errorOutput)).toEqual([
      'dist/cluster1/files.lock:1:1: error[stale-output] this file is out of date or was edited by hand: its list of files differs',
    ]);
  });

  test('fails for a file that a merge left unresolved', async () => {
    const folder = await writtenRepository();
    edit(
      join(folder, SERVER),
      '  replicas: 1\n',
      '<<<<<<< HEAD\n  replicas: 1\n=======\n  replicas: 2\n>>>>>>> other\n',
    );
    const { errorOutput } = await commandLine(folder, 'check');
    expect(headsOf(errorOutput)).toEqual([
      expect.stringMatching(/^dist\/cluster1\/.*:\d+:1: error\[stale-output\] this file has conflict markers of Git$/),
    ]);
    expect(errorOutput).toContain('hint: keep either side, then update the output with npm run synth and commit dist/');
  });

  test('fails as a whole when it is not there', async () => {
    const folder = await writtenRepository();
    rmSync(join(folder, 'dist'), { recursive: true });
    const { exitCode, errorOutput } = await commandLine(folder, 'check');
    expect(exitCode).toBe(1);
    expect(headsOf(errorOutput)).toEqual(['dist:1:1: error[no-output] this folder does not exist']);
  });

  test('fails when the lock file cannot be read, and synth does not overwrite it', async () => {
    const folder = await writtenRepository();
    const lock = join(folder, 'dist', 'fleet.lock.yaml');
    writeFileSync(lock, `<<<<<<< HEAD\n${readFileSync(lock, 'utf8')}=======\n>>>>>>> other\n`);
    const before = tree(folder);
    // Without the lock, a renamed trust domain would be a first synthesis like any other.
    edit(join(folder, 'fleet.yaml'), 'fleet: walkthrough', 'fleet: other');
    for (const command of ['check', 'synth']) {
      const { exitCode, errorOutput } = await commandLine(folder, command);
      expect(exitCode).toBe(1);
      expect(headsOf(errorOutput).filter((head) => head.includes('fleet.lock.yaml'))).toEqual([
        expect.stringContaining('dist/fleet.lock.yaml:1:1: error[damaged-lock]'),
      ]);
    }
    expect(tree(join(folder, 'dist'))).toEqual(
      Object.fromEntries(
        Object.entries(before).flatMap(([path, text]) => (path.startsWith('dist/') ? [[path.slice(5), text]] : [])),
      ),
    );
  });

  test('is found by an absolute path, also at an earlier revision, and named from the top of the repository', async () => {
    const folder = await writtenRepository();
    commitAll(folder);
    edit(join(folder, SERVER), 'replicas: 1', 'replicas: 2');
    const args = ['check', '--since', 'HEAD', '-o', join(folder, 'dist'), '--format', 'github'];
    const { printed } = await commandLineIn({ cwd: folder, execute: executeGit }, ...args);
    expect(printed).toContain(`file=${SERVER},`);
  });

  test('fails when a file of somebody else is in the way, as synthesis does', async () => {
    const folder = await writtenRepository();
    writeFileSync(join(folder, 'dist', 'README.md'), '# mine\n');
    const { exitCode, errorOutput } = await commandLine(folder, 'check');
    expect(exitCode).toBe(1);
    expect(headsOf(errorOutput)).toEqual([expect.stringMatching(/^dist\/README\.md:1:1: error\[foreign-file\]/)]);
  });

  test('keeps files of others that are not in the way', async () => {
    const folder = await writtenRepository();
    writeFileSync(join(folder, 'dist', 'notes.txt'), 'mine\n');
    expect((await commandLine(folder, 'check')).exitCode).toBe(0);
  });

  test('reports a file in its place as unreadable, not as an internal error', async () => {
    const folder = await writtenRepository();
    rmSync(join(folder, 'dist'), { recursive: true });
    writeFileSync(join(folder, 'dist'), 'a file\n');
    const { exitCode, errorOutput } = await commandLine(folder, 'check');
    expect(exitCode).toBe(1);
    expect(errorOutput).toContain('dist:1:1: error[file-unreadable] the output "dist" cannot be read: ENOTDIR');
  });

  test('names the kinds of edits that are invisible', async () => {
    const folder = await writtenRepository();
    edit(join(folder, SERVER), 'replicas: 1', 'replicas: 1 ');
    expect((await commandLine(folder, 'check')).errorOutput).toContain('differs in a space at its end');
  });

  test('says why a lock cannot be read, and that one without clusters is damaged', async () => {
    const folder = await writtenRepository();
    const lock = join(folder, 'dist', 'fleet.lock.yaml');
    writeFileSync(lock, '');
    for (const command of ['check', 'synth']) {
      const { exitCode, errorOutput } = await commandLine(folder, command);
      expect([exitCode, headsOf(errorOutput)]).toEqual([1, [expect.stringContaining('error[damaged-lock]')]]);
    }
    rmSync(lock);
    mkdirSync(lock);
    const { exitCode, errorOutput } = await commandLine(folder, 'check');
    expect(exitCode).toBe(1);
    expect(errorOutput).toContain('error[damaged-lock] this lock file cannot be read: it is a directory');
  });

  test('never has a key printed that somebody put into it', async () => {
    const folder = await writtenRepository();
    edit(join(folder, SERVER), 'replicas: 1', `key: "${privateKeyMark()} c2VjcmV0"`);
    const { exitCode, errorOutput } = await commandLine(folder, 'check');
    expect(exitCode).toBe(1);
    expect(errorOutput).toContain('a line differs');
    expect(errorOutput).not.toContain('c2VjcmV0');
  });

  test('names the command that writes it when fleet and folder have other names', async () => {
    const folder = await writtenRepository();
    const missing = await commandLine(folder, 'check', '-o', 'out');
    expect(missing.errorOutput).toContain('hint: create it with npx cdk8s-spire synth -o out, or name another folder');
    renameSync(join(folder, 'dist'), join(folder, 'out'));
    edit(join(folder, SERVER.replace('dist', 'out')), 'replicas: 1', 'replicas: 2');
    const { errorOutput } = await commandLine(folder, 'check', '-o', 'out');
    expect(errorOutput).toContain('hint: update the output with npx cdk8s-spire synth -o out and commit out/');
  });
});

describe('an edit by hand', () => {
  test('is reported as edited when the last commit has the output of the fleet', async () => {
    const folder = await writtenRepository();
    commitAll(folder);
    edit(join(folder, SERVER), 'replicas: 1', 'replicas: 2');
    const { errorOutput } = await commandLineIn({ cwd: folder, execute: executeGit }, 'check');
    expect(headsOf(errorOutput)).toEqual([expect.stringContaining('error[edited-output]')]);
    expect(errorOutput).toContain('hint: change the fleet instead, then run: npm run synth');
  });

  test('is not reported when the commit differs as well', async () => {
    const folder = await writtenRepository();
    edit(join(folder, SERVER), 'replicas: 1', 'replicas: 2');
    commitAll(folder);
    const { errorOutput } = await commandLineIn({ cwd: folder, execute: executeGit }, 'check');
    expect(headsOf(errorOutput)).toEqual([expect.stringContaining('error[stale-output]')]);
  });
});

describe('a fleet', () => {
  test('fails only for its own faults, since its output is unknown', async () => {
    const folder = await writtenRepository();
    edit(join(folder, 'fleet.yaml'), 'calls: [bookinfo]', 'calls: [bokinfo]');
    const { exitCode, errorOutput } = await commandLine(folder, 'check');
    expect(exitCode).toBe(1);
    expect(headsOf(errorOutput)).toEqual([
      expect.stringMatching(/^fleet\.yaml:37:13: error\[unknown-workload\] workloads\.curl-greeter\.calls\[0\]: /),
    ]);
    expect(errorOutput).toMatch(/^1 problem$/m);
  });

  test('passes with warnings, and fails with them when asked to be strict', async () => {
    const folder = await writtenRepository();
    edit(
      join(folder, 'fleet.yaml'),
      '    trustDomain: cluster1.demo\n',
      '    trustDomain: cluster1.demo\n    kubelet: { verification: false }\n',
    );
    await commandLine(folder, 'synth');
    const lenient = await commandLine(folder, 'check');
    expect(lenient.errorOutput).toContain('warning[kubelet-unverified]');
    expect(lenient.exitCode).toBe(0);
    expect((await commandLine(folder, 'check', '--strict')).exitCode).toBe(1);
  });

  test('is compared with the last synthesis, as synth does', async () => {
    const folder = await writtenRepository();
    edit(join(folder, 'fleet.yaml'), 'trustDomain: cluster1.demo', 'trustDomain: other.demo');
    expect((await commandLine(folder, 'check')).errorOutput).toContain('error[trust-domain-renamed]');
  });
});

describe('since a revision', () => {
  const git = (folder: string, ...args: readonly string[]): string => executeGit('git', ['-C', folder, ...args]).stdout;

  /** A commit with SPIRE of one minor version, and a synthesis with another on top. */
  async function upgraded(from: string, to: string): Promise<string> {
    const folder = await writtenRepository();
    const fleet = join(folder, 'fleet.yaml');
    edit(
      fleet,
      '    trustDomain: cluster1.demo\n',
      `    trustDomain: cluster1.demo\n    versions: { spire: ${from} }\n`,
    );
    rmSync(join(folder, 'dist'), { recursive: true });
    await commandLine(folder, 'synth');
    commitAll(folder);
    edit(fleet, `spire: ${from}`, `spire: ${to}`);
    await commandLine(folder, 'synth');
    return folder;
  }

  test('is compared with the commit of --since, even after a synthesis overwrote the lock file', async () => {
    const folder = await upgraded('1.15.3', '1.14.6');
    const world = { cwd: folder, execute: executeGit };
    const forgotten = 'spire-downgrade';
    // Synthesis refused it; with the lock gone it cannot.
    rmSync(join(folder, 'dist'), { recursive: true });
    expect((await commandLine(folder, 'synth')).exitCode).toBe(0);
    expect((await commandLineIn(world, 'check')).errorOutput).not.toContain(forgotten);
    const { exitCode, errorOutput } = await commandLineIn(world, 'check', '--since', 'HEAD', '--strict');
    expect(errorOutput).toContain(forgotten);
    expect(exitCode).toBe(1);
  });

  test('tells of the lock there, which cannot be read, and of that on the disk, which is older output', async () => {
    const folder = await writtenRepository();
    const lock = join(folder, 'dist', 'fleet.lock.yaml');
    const whole = readFileSync(lock, 'utf8');
    writeFileSync(lock, `<<<<<<< HEAD\n${whole}`);
    commitAll(folder);
    writeFileSync(lock, whole.replace('"spire":"', '"spire":"1'));
    const { errorOutput } = await commandLineIn({ cwd: folder, execute: executeGit }, 'check', '--since', 'HEAD');
    for (const code of ['damaged-lock', 'stale-output']) expect(errorOutput).toContain(`error[${code}]`);
  });

  test('is compared with the merge base when --since ends in "..."', async () => {
    const folder = await upgraded('1.15.3', '1.14.6');
    const world = { cwd: folder, execute: executeGit };
    rmSync(join(folder, 'dist'), { recursive: true });
    expect((await commandLine(folder, 'synth')).exitCode).toBe(0);
    git(folder, 'branch', 'work');
    commitAll(folder);
    git(folder, 'symbolic-ref', 'HEAD', 'refs/heads/work');
    expect((await commandLineIn(world, 'check', '--since', 'main')).errorOutput).not.toContain('spire-downgrade');
    expect((await commandLineIn(world, 'check', '--since', 'main...')).errorOutput).toContain('spire-downgrade');
  });

  test('compares a new fleet with nothing', async () => {
    const folder = await writtenRepository();
    writeFileSync(join(folder, '.gitignore'), 'dist\n');
    commitAll(folder);
    const world = { cwd: folder, execute: executeGit };
    const { exitCode, errorOutput } = await commandLineIn(world, 'check', '--since', 'HEAD');
    expect(exitCode).toBe(0);
    expect(errorOutput).toContain('note: HEAD has no dist/fleet.lock.yaml, so no earlier decisions are compared');
  });

  test.each(['nowhere', '--output=x'])('refuses a revision that there is not: %s', async (revision) => {
    const folder = await writtenRepository();
    commitAll(folder);
    const world = { cwd: folder, execute: executeGit };
    const { exitCode, errorOutput } = await commandLineIn(world, 'check', `--since=${revision}`);
    expect(exitCode).toBe(2);
    expect(errorOutput).toBe(`this repository has no revision "${revision}"`);
  });

  test('refuses a folder outside of any repository, and one without a commit', async () => {
    const folder = await writtenRepository();
    const world = { cwd: folder, execute: executeGit };
    const refused = { exitCode: 2, errorOutput: `${folder} is not in a Git repository` };
    expect(await commandLineIn(world, 'check', '--since', 'main')).toMatchObject(refused);
    git(folder, 'init', '--quiet');
    const unborn = { exitCode: 2, errorOutput: 'this repository has no commit yet' };
    expect(await commandLineIn(world, 'check', '--since', 'main')).toMatchObject(unborn);
  });
});

test('writes nothing, whatever it finds', async () => {
  const folder = await writtenRepository();
  edit(join(folder, SERVER), 'replicas: 1', 'replicas: 2');
  rmSync(join(folder, 'dist', 'cluster2'), { recursive: true });
  const before = tree(folder);
  expect((await commandLine(folder, 'check')).exitCode).toBe(1);
  expect(tree(folder)).toEqual(before);
});

describe('for machines', () => {
  test('prints JSON with place, words and one thing to do', async () => {
    const folder = await writtenRepository();
    edit(join(folder, 'fleet.yaml'), 'calls: [bookinfo]', 'calls: [bokinfo]');
    const { exitCode, printed, errorOutput } = await commandLine(folder, 'check', '--format', 'json');
    expect(exitCode).toBe(1);
    expect(errorOutput).toBe('');
    expect(JSON.parse(printed)).toEqual({
      errors: 1,
      warnings: 0,
      problems: [
        {
          file: 'fleet.yaml',
          line: 37,
          column: 13,
          length: 7,
          severity: 'error',
          code: 'unknown-workload',
          path: 'workloads.curl-greeter.calls[0]',
          sentence: 'no workload is named "bokinfo"',
          hint: 'did you mean "bookinfo"?',
        },
      ],
    });
  });

  test('names files from the top of the Git repository, where GitHub looks for them', async () => {
    const top = temporaryFolder();
    const folder = join(top, 'platform');
    mkdirSync(folder);
    writeFileSync(join(folder, 'fleet.yaml'), 'fleet: x\nclusters: {}\n');
    commitAll(top);
    const world = { cwd: folder, execute: executeGit };
    const { printed } = await commandLineIn(world, 'check', '--format', 'github');
    expect(printed).toMatch(/^::error file=platform\/fleet\.yaml,line=2,col=1,title=out-of-range::/);
  });

  test('prints no annotation of a fleet without problems', async () => {
    const { exitCode, printed } = await commandLine(await writtenRepository(), 'check', '--format', 'github');
    expect(exitCode).toBe(0);
    expect(printed).toBe('');
  });

  test('refuses a format that there is not', async () => {
    const { exitCode, errorOutput } = await commandLine(temporaryFolder(), 'check', '--format', 'junit');
    expect(exitCode).toBe(2);
    expect(errorOutput).toContain('Allowed choices are text, json, sarif, github');
  });
});
