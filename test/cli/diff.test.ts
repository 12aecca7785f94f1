import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { processEnvironment } from '../../lib/cli/environment';
import { commandLine, commandLineIn } from '../command-line';
import { Repository } from '../repository';
import { fleetFile, privateKeyMark, temporaryFolder } from '../support';

let repository: Repository;
let folder: string;

beforeEach(() => {
  repository = Repository.withWalkthrough();
  ({ folder } = repository);
});

interface Told {
  readonly risk: string;
  readonly counts: object;
  readonly blastRadius: {
    readonly known: boolean;
    readonly because?: string;
    readonly identities: Readonly<Record<'lost' | 'gained' | 'changed', readonly { readonly who: string }[]>>;
    readonly calls: Readonly<
      Record<'reachable' | 'unreachable', readonly { readonly caller: string; readonly called: string }[]>
    >;
  };
  readonly clusters: readonly {
    readonly name: string;
    readonly changes: readonly { readonly kind: string; readonly name: string }[];
  }[];
}

async function told(...args: readonly string[]): Promise<Told> {
  const { printed, errorOutput } = await repository.run('diff', ...args, '--format', 'json');
  expect(errorOutput).toBe('');
  return JSON.parse(printed) as Told;
}

/** Writes the fleet anew and synthesizes. */
async function synthesized(change: (text: string) => string): Promise<void> {
  repository.edit('fleet.yaml', change);
  expect(await repository.run('synth')).toMatchObject({ exitCode: 0 });
}

const renamed = (text: string): string => text.replace('  bookinfo:\n', '  books:\n').replace('[bookinfo]', '[books]');

test('finds nothing where the output is as committed, whatever lies where', async () => {
  const { exitCode, printed } = await repository.run('diff', '--fail-on', 'harmless');
  expect([exitCode, printed]).toEqual([0, 'HEAD:dist -> dist: no object differs']);
});

test('fails when the clone lacks the text of a committed file', async () => {
  const path = 'dist/cluster1/spire-server/server.yaml';
  const id = repository.git('rev-parse', `HEAD:${path}`);
  rmSync(join(folder, '.git/objects', id.slice(0, 2), id.slice(2)));
  repository.edit(path, (text) => `${text}# edited\n`);
  const { exitCode, errorOutput } = await repository.run('diff');
  expect(exitCode).toBe(2);
  expect(errorOutput).toContain(`this clone lacks the object ${id}, which is ${path}`);
});

test('tells of a workload that is renamed whom it reaches on both sides', async () => {
  await synthesized(renamed);
  const { risk, blastRadius, clusters } = await told();
  expect(risk).toBe('destructive');
  expect(blastRadius.identities.lost.map(({ who }) => who)).toEqual(['bookinfo']);
  expect(blastRadius.identities.gained.map(({ who }) => who)).toEqual(['books']);
  expect(blastRadius.calls.unreachable).toMatchObject([{ caller: 'curl-greeter', called: 'bookinfo' }]);
  expect(blastRadius.calls.reachable).toMatchObject([{ caller: 'curl-greeter', called: 'books' }]);
  expect(clusters.map(({ name }) => name)).toEqual(['', 'cluster1', 'cluster2']);
});

test('prints what a reviewer reads: risk, object, file, reason, fields, whom it reaches', async () => {
  await synthesized((text) => text.replace('    calls: [bookinfo]\n', ''));
  const { printed } = await repository.run('diff');
  expect(printed).toMatch(/^HEAD:dist -> dist: \d+ added, \d+ removed, \d+ changed; highest risk: trust$/m);
  expect(printed).toContain('  1 calls are no longer possible\n    curl-greeter -> bookinfo\n');
  expect(printed).toMatch(
    / {2}trust +~ ClusterSPIFFEID workload-curl-greeter {2}\(cluster1\/identities\/workload-curl-greeter\.yaml\)\n +its pods no longer trust cluster2\.demo\n +spec\.federatesWith: - \["cluster2\.demo"\]/,
  );
});

test.each([
  ['never by itself', [], 0],
  ['at the risk', ['--fail-on', 'trust'], 1],
  ['below the risk', ['--fail-on', 'rollout'], 1],
  ['not above the risk', ['--fail-on', 'destructive'], 0],
])('fails %s', async (_, args, exitCode) => {
  await synthesized((text) => text.replace('    calls: [bookinfo]\n', ''));
  expect((await repository.run('diff', ...args)).exitCode).toBe(exitCode);
});

test('compares the output as it lies on the disk, edited by hand or not', async () => {
  repository.edit('dist/cluster2/istio/access-bookinfo.yaml', (text) => text.replace('mode: STRICT', 'mode: DISABLE'));
  const { printed } = await repository.run('diff');
  expect(printed).toContain('the mode of mutual TLS is DISABLE instead of STRICT');
  expect(printed).toContain('blast radius: SPIFFE IDs and allowed calls do not change');
});

test('compares with any commit, with where this branch left another, and with a folder', async () => {
  repository.git('checkout', '--quiet', '-b', 'theirs');
  repository.edit('dist/cluster1/istio/access-curl-greeter.yaml', (text) => text.replace('STRICT', 'DISABLE'));
  repository.commit('theirs');
  repository.git('checkout', '--quiet', 'main');
  repository.git('checkout', '--quiet', '-b', 'ours');
  await synthesized(renamed);
  const namesOf = ({ clusters }: Told): string => JSON.stringify(clusters);
  expect(namesOf(await told('theirs'))).toContain('mutual TLS');
  expect(namesOf(await told('theirs...'))).toBe(namesOf(await told('main')));
  const worktree = join(temporaryFolder(), 'base');
  repository.git('worktree', 'add', '--quiet', worktree, 'main');
  const ofFolder = await told(join(worktree, 'dist'));
  expect(namesOf(ofFolder)).toBe(namesOf(await told('main')));
  expect(ofFolder.blastRadius).toEqual((await told('main')).blastRadius);
});

test('finds the base below a folder of the repository, from within that folder', async () => {
  const inner = join(folder, 'platform', 'ä fleet');
  mkdirSync(join(folder, 'platform'));
  mkdirSync(inner);
  for (const part of ['fleet.yaml', 'trust', 'dist']) repository.git('mv', part, join('platform', 'ä fleet', part));
  repository.commit('moved');
  const here = { cwd: inner, execute: processEnvironment().execute };
  writeFileSync(join(inner, 'dist', 'cluster1', 'ä.yaml'), 'a: "ü"\n');
  const { printed } = await commandLineIn(here, 'diff');
  expect(printed).toContain('blast radius: SPIFFE IDs and allowed calls do not change');
  expect(printed).toContain('1 added, 0 removed, 1 changed');
});

test('says that nobody can tell whom it reaches where the base has no fleet, or a faulty one', async () => {
  repository.edit('fleet.yaml', (text) =>
    text.replace('between: [cluster1, cluster2]', 'between: [cluster1, cluster3]'),
  );
  repository.commit('faulty');
  repository.git('checkout', '--quiet', 'HEAD~1', '--', 'fleet.yaml');
  expect((await told()).blastRadius).toEqual({
    known: false,
    because: expect.stringMatching(/^HEAD:fleet.yaml:\d+ has a problem: .*"cluster3"/),
  });
  repository.git('rm', '--quiet', '--force', 'fleet.yaml');
  repository.commit('gone');
  repository.git('checkout', '--quiet', 'HEAD~2', '--', 'fleet.yaml');
  expect((await told()).blastRadius).toEqual({ known: false, because: 'there is no HEAD:fleet.yaml' });
  repository = Repository.withWalkthrough();
  const copy = temporaryFolder();
  mkdirSync(join(copy, 'dist'));
  writeFileSync(join(copy, 'dist', 'README.md'), '<!-- Generated by cdk8s-spire from x -->');
  expect((await told(join(copy, 'dist'))).blastRadius.because).toMatch(/name the fleet of the base with --base-fleet$/);
  const named = await told(join(copy, 'dist'), '--base-fleet', 'fleet.yaml');
  expect(named.blastRadius.known).toBe(true);
});

test('takes a base without an output for an empty one', async () => {
  repository.git('rm', '-r', '--quiet', 'dist');
  repository.commit('without');
  repository.git('checkout', '--quiet', 'HEAD~1', '--', 'dist');
  expect((await told()).counts).toMatchObject({ removed: 0, changed: 0 });
});

test('reads a base with links, submodules and files that are not text', async () => {
  writeFileSync(join(folder, 'dist', 'logo.png'), Buffer.from([0x89, 0x50, 0xff, 0x00, 0x0a, 0xfe]));
  repository.git('-c', 'core.symlinks=true', 'add', '--all');
  repository.git(
    'update-index',
    '--add',
    '--cacheinfo',
    `120000,${repository.git('rev-parse', 'HEAD:fleet.yaml')},dist/link.yaml`,
  );
  repository.git('update-index', '--add', '--cacheinfo', `160000,${repository.git('rev-parse', 'HEAD')},dist/module`);
  repository.git('commit', '--quiet', '-m', 'odd');
  expect((await told()).counts).toEqual({ added: 0, removed: 0, changed: 0 });
});

test.each([
  [
    'a commit that is not there',
    ['diff', 'v9'],
    2,
    /^"v9" is neither a folder nor a commit, branch or tag of this repository$/,
  ],
  ['a range', ['diff', 'main...HEAD'], 2, /this repository; did you mean "main\.\.\."\?$/],
  ['a range of commits', ['diff', 'main..HEAD'], 2, /this repository; did you mean "main"\?$/],
  ['a range without an end', ['diff', 'HEAD..'], 2, /this repository; did you mean "HEAD"\?$/],
  ['a range of what is not there', ['diff', 'v1..v2'], 2, /this repository$/],
  ['a range without a start', ['diff', '..main'], 2, /this repository$/],
  ['a folder beside that is not there', ['diff', '../main'], 2, /this repository$/],
  ['a folder that is not there', ['diff', 'main/../dist2'], 2, /this repository$/],
  ['no name at all', ['diff', ''], 2, /^"" is neither a folder nor a commit/],
  ['an option in place of a commit', ['diff', '--', '--upload-pack=x'], 2, /neither a folder nor a commit/],
  [
    'an unknown risk',
    ['diff', '--fail-on', 'high'],
    2,
    /Allowed choices are harmless, rollout, access, trust, destructive/,
  ],
  [
    'no output',
    ['diff', '--output', 'out'],
    1,
    /^out:1:1: error\[no-output\][\s\S]*create it with npx cdk8s-spire synth -o out,/,
  ],
  ['a folder that somebody else wrote', ['diff', 'trust'], 1, /^trust:1:1: error\[foreign-folder\]/],
])('refuses %s', async (_, args, exitCode, complaint) => {
  expect(await repository.run(...args)).toEqual({
    exitCode,
    printed: '',
    errorOutput: expect.stringMatching(complaint),
  });
});

test('refuses an output outside of the repository, and one that may not be read', async () => {
  const elsewhere = temporaryFolder();
  writeFileSync(join(elsewhere, 'README.md'), '<!-- Generated by cdk8s-spire from x -->');
  const outside = relative(folder, elsewhere);
  expect(await repository.run('diff', '--output', outside)).toMatchObject({
    exitCode: 2,
    errorOutput: `${outside} is outside of the repository`,
  });
  expect(await repository.run('diff', '--output', elsewhere)).toMatchObject({ exitCode: 2 });
  expect(await repository.run('diff', '--output', join(folder, 'dist'))).toMatchObject({ exitCode: 0 });
  const tooLong = 'a'.repeat(300);
  expect(await repository.run('diff', '--output', tooLong)).toMatchObject({
    exitCode: 1,
    errorOutput: expect.stringMatching(
      /^.*aaa:1:1: error\[file-unreadable\] .* cannot be read: its name is too long\n/,
    ),
  });
});

test('refuses a folder or a base that is far too large for an output', async () => {
  const { execute } = processEnvironment();
  const large = (...[program, args, options]: Parameters<typeof execute>): ReturnType<typeof execute> => {
    if (args.includes('--batch')) return execute(program, args, { ...options, maxBytes: 100 });
    // Git says more than is taken of it, and that the first is as large as that.
    const done = execute(program, args, options);
    return args.includes('cat-file') ? { ...done, stdout: done.stdout.replace(/^\d+\n/, '999999999\n') } : done;
  };
  await synthesized(renamed);
  expect((await commandLineIn({ cwd: folder, execute: large }, 'diff')).errorOutput).toMatch(
    /^HEAD:dist:1:1: error\[output-too-large\] \d+ files with at least \d+ bytes exceed the limit/,
  );
  writeFileSync(join(folder, 'dist', 'large'), '# Generated by cdk8s-spire from fleet.yaml\n');
  // One that can be read, and one that cannot: neither is. One of somebody else would be passed over.
  for (const megabytes of [300, 3000]) {
    truncateSync(join(folder, 'dist', 'large'), megabytes * 1024 * 1024);
    expect(await repository.run('diff')).toMatchObject({
      exitCode: 1,
      errorOutput: expect.stringMatching(/^dist:1:1: error\[output-too-large\]/),
    });
  }
});

test('refuses a folder outside of any repository, and one without a commit', async () => {
  const outside = temporaryFolder();
  mkdirSync(join(outside, 'dist'));
  writeFileSync(join(outside, 'dist', 'README.md'), '<!-- Generated by cdk8s-spire from x -->');
  const here = { cwd: outside, execute: processEnvironment().execute };
  expect((await commandLineIn(here, 'diff')).errorOutput).toBe(`${outside} is not in a Git repository`);
  here.execute('git', ['-C', outside, 'init', '--quiet']);
  expect((await commandLineIn(here, 'diff')).errorOutput).toBe('this repository has no commit yet');
  expect((await commandLine(outside, 'diff')).errorOutput).toBe('no program runs in a test');
});

test.each(['', 'HEAD:'])('says where %sdist holds YAML that is broken, and tells nothing else', async (side) => {
  const file = 'dist/cluster1/istio/access-curl-greeter.yaml';
  const breakIt = (text: string): string =>
    text.replace('kind: PeerAuthentication', 'kind: PeerAuthentication\n\tbroken: yes');
  repository.edit(file, breakIt);
  if (side !== '') {
    repository.commit('broken');
    repository.git('checkout', '--quiet', 'HEAD~1', '--', file);
  }
  const { exitCode, printed, errorOutput } = await repository.run('diff');
  expect([exitCode, printed]).toEqual([1, '']);
  expect(errorOutput).toMatch(
    new RegExp(`^${side}${file}:4:\\d+: error\\[broken-manifest\\] this manifest cannot be applied: `),
  );
});

test('shows no content of a Secret, and no private key, in any format', async () => {
  const secret = (value: string): string =>
    `apiVersion: v1\nkind: Secret\nmetadata: { name: s, namespace: a }\nstringData: { password: ${value} }\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata: { a: "${privateKeyMark()} ${value}" }\n---\napiVersion: v1\nkind: List\nitems: [{ apiVersion: v1, kind: Secret, metadata: { name: l }, data: { inList: ${value} } }]\n`;
  writeFileSync(join(folder, 'dist', 'cluster1', 'workloads', 'extra.yaml'), secret('secret-1'));
  repository.commit('secret');
  writeFileSync(join(folder, 'dist', 'cluster1', 'workloads', 'extra.yaml'), secret('secret-2'));
  for (const format of ['text', 'markdown', 'json']) {
    const { printed } = await repository.run('diff', '--format', format);
    expect(printed).toContain('stringData.password');
    expect(printed).toContain('data.inList');
    expect(printed).not.toMatch(/secret-\d/);
  }
});

test('says where the fleet has changed and its output has not', async () => {
  const file = join(folder, 'fleet.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('    calls: [bookinfo]\n', ''));
  for (const format of ['text', 'markdown']) {
    const { printed } = await repository.run('diff', '--format', format);
    expect(printed).toMatch(/[Tt]he output does not contain these changes of the fleet yet; run synth first/);
  }
});

test('writes nothing', async () => {
  await synthesized(renamed);
  const before = repository.git('status', '--porcelain');
  await repository.run('diff', '--format', 'markdown');
  await repository.run('prune-commands');
  expect(repository.git('status', '--porcelain')).toBe(before);
});

test.each([
  ['diff', 'main...', 'origin/main...'],
  ['diff', 'main..HEAD', 'origin/main'],
  ['check --since', 'main', 'origin/main'],
])('names for %s %s the branch of the remote, where a clone has no other', async (command, name, meant) => {
  const head = repository.git('rev-parse', 'HEAD').trim();
  repository.git('checkout', '--quiet', '--detach');
  repository.git('branch', '--delete', '--force', 'main');
  repository.git('update-ref', 'refs/remotes/origin/main', head);
  const { exitCode, errorOutput } = await repository.run(...command.split(' '), name);
  expect(exitCode).toBe(2);
  expect(errorOutput.endsWith(`; did you mean "${meant}"?`)).toBe(true);
});

test('uses one process of Git for all files of a base', async () => {
  const programs: string[] = [];
  const { execute } = processEnvironment();
  const counting = {
    cwd: folder,
    execute: (...call: Parameters<typeof execute>) => {
      programs.push(call[1][2] ?? '');
      return execute(...call);
    },
  };
  await commandLineIn(counting, 'diff');
  // The files of dist/ are the same and at hand; the fleet is read, with the roots that it is likely to name.
  expect(programs.sort()).toEqual(['cat-file', 'ls-tree', 'rev-parse']);
  programs.length = 0;
  await synthesized(renamed);
  await commandLineIn(counting, 'diff');
  expect(programs.sort()).toEqual(['cat-file', 'cat-file', 'ls-tree', 'rev-parse']);
});

test('compares the part that is asked for, and says so where a comment would be found again', async () => {
  await synthesized(renamed);
  const { printed: whole } = await repository.run('diff', '--format', 'json');
  const changes = (text: string): readonly { name: string }[] =>
    (JSON.parse(text) as { clusters: readonly { name: string }[] }).clusters;
  const parts: { name: string }[] = [];
  for (const shard of ['1/3', '2/3', '3/3']) {
    parts.push(...changes((await repository.run('diff', '--shard', shard, '--format', 'json')).printed));
  }
  const byName = (list: readonly { name: string }[]): readonly { name: string }[] =>
    [...list].sort((a, b) => a.name.localeCompare(b.name));
  expect(byName(parts)).toEqual(byName(changes(whole)));
  const { printed } = await repository.run('diff', '--shard', '2/3', '--format', 'markdown');
  expect(printed).toMatch(/^<!-- cdk8s-spire diff shard 2\/3 -->\n/);
  expect(printed).toContain('HEAD:dist -> dist (shard 2/3)');
  expect(printed).toContain('The blast radius is computed only for the whole fleet, by the first shard.');
  expect((await repository.run('diff', '--shard', '1/1', '--format', 'json')).printed).toBe(whole);
});

test('fails where neither side has a cluster that is named', async () => {
  const { exitCode, errorOutput } = await repository.run('diff', '--only', 'cluster3');
  expect([exitCode, errorOutput]).toEqual([2, 'neither HEAD:dist nor dist has a cluster named "cluster3"']);
});

test('names a fleet file elsewhere', async () => {
  const file = fleetFile('fleet: other\n', temporaryFolder());
  expect((await told('--fleet', file)).blastRadius.because).toBe(`there is no HEAD:${file}`);
});
