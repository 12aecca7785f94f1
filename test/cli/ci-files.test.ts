/** The CI files that a person copies: what they run, run here in a repository of a person, and what they may. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parse } from 'yaml';
import { repositoryFiles } from '../../lib/cli/new-repository/repository-files';
import { temporaryFolder } from '../support';
import { commitAll, edit, writtenRepository } from '../written-repository';

const ROOT = join(__dirname, '..', '..');
const TEMPLATES = join(ROOT, 'templates', 'ci');

// Each starts npm, the cdk8s CLI and this program, one after the other.
jest.setTimeout(120_000);

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Job {
  readonly strategy?: { readonly matrix: { readonly shard: readonly string[] } };
  readonly env?: Readonly<Record<string, string>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const workflow = parse(readFileSync(join(TEMPLATES, 'github-actions.yml'), 'utf8')) as Workflow;

type GitlabJob = { readonly script: readonly string[] };

const gitlab = parse(readFileSync(join(TEMPLATES, 'gitlab-ci.yml'), 'utf8')) as Readonly<Record<string, GitlabJob>> & {
  readonly default: { readonly before_script: readonly string[] };
};

/** Shell lines of a job of GitHub's. */
const stepsOf = (job: string): readonly string[] => workflow.jobs[job]?.steps.flatMap(({ run }) => run ?? []) ?? [];

/** Lines that this test cannot run: they install from a registry, or need GitHub or GitLab. */
const runsHere = (line: string): boolean => !/^npm ci |\bgh api\b|^git fetch |\bcurl\b/.test(line);

/** A repository as `init` makes it, committed, with its programs installed by links. */
async function repository(): Promise<string> {
  const folder = await writtenRepository();
  const files = repositoryFiles({ name: 'walkthrough', clusters: [], kubernetes: '1.36', ci: 'none' });
  for (const { path, content } of files.filter((file) => file.path !== 'fleet.yaml')) {
    writeFileSync(join(folder, path), content);
  }
  const programs = join(folder, 'node_modules', '.bin');
  mkdirSync(programs, { recursive: true });
  for (const name of readdirSync(join(ROOT, 'node_modules', '.bin'))) {
    symlinkSync(join(ROOT, 'node_modules', '.bin', name), join(programs, name));
  }
  symlinkSync(join(ROOT, 'bin', 'cdk8s-spire.js'), join(programs, 'cdk8s-spire'));
  commitAll(folder);
  return folder;
}

interface Ran {
  readonly status: number | null;
  readonly output: string;
}

/** Runs lines as a CI system does: one shell after the other, until one fails. */
function runIn(folder: string, lines: readonly string[], env: Readonly<Record<string, string>> = {}): Ran {
  let output = '';
  for (const line of lines.filter(runsHere)) {
    const { status, stdout, stderr } = spawnSync('bash', ['-eo', 'pipefail', '-c', line], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, npm_config_offline: 'true', SHARD: '1/1', ...env },
    });
    output += stdout + stderr;
    if (status !== 0) return { status, output };
  }
  return { status: 0, output };
}

test.each([
  ['GitHub', stepsOf('shard')],
  ['GitLab', gitlab.check?.script ?? []],
])('passes a committed dist/ that is up to date: %s', async (_, lines) => {
  expect(lines.filter(runsHere).length).toBeGreaterThanOrEqual(2);
  const { status, output } = runIn(await repository(), lines);
  expect(output).toContain('0 files written');
  expect(status).toBe(0);
});

test('fails, with an annotation of the file, when dist/ was not written anew', async () => {
  const folder = await repository();
  edit(join(folder, 'fleet.yaml'), 'host: bookinfo.com', 'host: books.com');
  commitAll(folder);
  const { status, output } = runIn(folder, stepsOf('shard'));
  expect(status).toBe(1);
  expect(output).toMatch(/^::error file=dist\/README\.md,line=\d+,col=\d+,title=stale-output::/m);
  expect(output).not.toContain('files written');
});

test.each([
  ['GitHub', stepsOf('shard')],
  ['GitLab', gitlab.check?.script ?? []],
])('fails in the one shard that was not written anew: %s', async (_, lines) => {
  const folder = await repository();
  edit(join(folder, 'dist', 'cluster2', 'edge', 'host-bookinfo.yaml'), 'bookinfo.com', 'books.com');
  commitAll(folder);
  const ended = ['1/2', '2/2'].map((SHARD) => runIn(folder, lines, { SHARD }).status);
  expect(ended.sort()).toEqual([0, 1]);
});

test('names the shard of a job as the command takes it: GitLab', () => {
  const [line = ''] = gitlab.default.before_script.filter((one) => one.includes('SHARD'));
  const shardIn = (env: NodeJS.ProcessEnv): string =>
    spawnSync('bash', ['-euc', `${line}; printf %s "$SHARD"`], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, ...env },
    }).stdout;
  expect([shardIn({}), shardIn({ CI_NODE_TOTAL: '1' }), shardIn({ CI_NODE_INDEX: '3', CI_NODE_TOTAL: '4' })]).toEqual([
    '1/1',
    '1/1',
    '3/4',
  ]);
});

test.each([
  ['success', 0],
  ['failure', 1],
  ['cancelled', 1],
  ['skipped', 1],
])('ends the job that is required as the shards ended: %s', (RESULT, expected) => {
  expect(stepsOf('check').length).toBe(1);
  const env = { PATH: process.env.PATH, RESULT };
  expect(spawnSync('bash', ['-eo', 'pipefail', '-c', stepsOf('check')[0] ?? ''], { env }).status).toBe(expected);
});

test('checks and compares in as many shards: GitHub', () => {
  const { shard, diff } = workflow.jobs;
  expect([shard, diff].map((job) => [job?.strategy?.matrix.shard, job?.env?.SHARD])).toEqual(
    Array(2).fill([['1/1'], expect.stringContaining(' matrix.shard ')]),
  );
});

test('writes findings as SARIF, and goes on to upload them', async () => {
  const folder = await repository();
  edit(join(folder, 'fleet.yaml'), 'calls: [bookinfo]', 'calls: [bokinfo]');
  expect(runIn(folder, stepsOf('code-scanning')).status).toBe(0);
  const { runs } = JSON.parse(readFileSync(join(folder, 'fleet.sarif'), 'utf8'));
  expect(runs[0].results).toMatchObject([{ ruleId: 'unknown-workload' }]);
});

test('does not take a fault of the command for findings', async () => {
  const folder = await repository();
  const lines = stepsOf('code-scanning').map((line) => line.replace('--format sarif', '--format srif'));
  expect(runIn(folder, lines).status).not.toBe(0);
});

test('updates its own comment, or writes the first, and no other', () => {
  const comment = workflow.jobs.diff?.steps.find(({ run }) => run?.includes('gh api'))?.run ?? '';
  for (const [known, expected] of [
    ['', 'POST repos/o/r/issues/7/comments'],
    ['42', 'PATCH repos/o/r/issues/comments/42'],
  ] as const) {
    const folder = temporaryGh(known);
    const env = {
      PATH: `${folder}${delimiter}${process.env.PATH}`,
      GITHUB_REPOSITORY: 'o/r',
      NUMBER: '7',
    };
    writeFileSync(join(folder, 'comment.md'), '<!-- cdk8s-spire diff shard 2/3 -->\n');
    const { status, stdout } = spawnSync('bash', ['-eo', 'pipefail', '-c', comment], {
      cwd: folder,
      encoding: 'utf8',
      env,
    });
    expect(status).toBe(0);
    expect(stdout.trim()).toBe(expected);
  }
});

test('writes the comment of what changed against the branch that is merged into', async () => {
  const folder = await repository();
  edit(join(folder, 'fleet.yaml'), 'host: bookinfo.com', 'host: books.com');
  const lines = stepsOf('diff');
  expect(runIn(folder, lines, { BASE: 'HEAD' }).status).toBe(0);
  expect(readFileSync(join(folder, 'comment.md'), 'utf8')).toMatch(/^<!-- cdk8s-spire diff -->\n/);
});

test('asks for no more than it needs', () => {
  expect(workflow.permissions).toEqual({ contents: 'read' });
  const beyond = Object.entries(workflow.jobs).map(([name, { permissions }]) => [name, permissions ?? {}]);
  expect(Object.fromEntries(beyond)).toEqual({
    check: {},
    shard: {},
    'code-scanning': { contents: 'read', 'security-events': 'write' },
    diff: { contents: 'read', 'pull-requests': 'write' },
  });
});

test('takes nothing that a pull request writes into a shell line', () => {
  const lines = Object.keys(workflow.jobs).flatMap(stepsOf);
  expect(lines.length).toBeGreaterThan(5);
  expect(lines.filter((line) => line.includes('${{'))).toEqual([]);
});

test('runs no script of a dependency, and names a version of each action', () => {
  const installs = [...Object.keys(workflow.jobs).flatMap(stepsOf), ...gitlab.default.before_script].filter((line) =>
    line.startsWith('npm ci'),
  );
  expect(installs).toHaveLength(4);
  expect(installs.filter((line) => !line.includes('--ignore-scripts'))).toEqual([]);
  const actions = Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? []));
  expect(actions.filter((action) => !/@(v\d+|[0-9a-f]{40})$/.test(action))).toEqual([]);
});

/** A folder with a `gh` that knows a comment by its id, or none, and prints what else it is asked. */
function temporaryGh(known: string): string {
  const folder = join(temporaryFolder(), 'bin');
  mkdirSync(folder);
  const script = [
    '#!/usr/bin/env bash',
    'shift',
    // gh knows the variables of its process in its own jq.
    `if [ "$1" = --paginate ]; then test "$MARK" = '<!-- cdk8s-spire diff shard 2/3 -->' && printf '%s\\n' ${known}; exit; fi`,
    'test "$1" = --silent && test "$2" = --method && test "$5" = -F && test "$6" = body=@comment.md && echo "$3 $4"',
  ];
  writeFileSync(join(folder, 'gh'), script.join('\n'));
  chmodSync(join(folder, 'gh'), 0o755);
  return folder;
}
