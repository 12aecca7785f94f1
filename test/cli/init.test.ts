import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { DEFAULTS } from '../../lib/fleet/defaults';
import { type Answer, commandLine, commandLineIn } from '../command-line';
import { temporaryFolder } from '../support';
import { tree } from '../written-repository';

const PACKED = 'cdk8s-spire-0.1.0.tgz';

/** A folder with a packed package in it. */
function shelf(): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, PACKED), gzipSync('a package'));
  return folder;
}

const init = (folder: string, ...args: readonly string[]): Promise<Answer> =>
  commandLine(folder, 'init', 'fleet', '--package', PACKED, ...args);

const PAIR = ['--trust-domain', 'east.example.org', 'west.example.org'];

/** What a person types, line by line. */
function answers(...lines: readonly string[]): (question: string) => Promise<string> {
  const left = [...lines];
  return async () => left.shift() ?? '';
}

test('writes a repository whose check passes after root and synth', async () => {
  const folder = shelf();
  const { exitCode, printed } = await init(folder, ...PAIR);
  expect(exitCode).toBe(0);
  const made = join(folder, 'fleet');
  expect(Object.keys(tree(made))).toEqual([
    '.github/workflows/fleet.yml',
    '.gitignore',
    'cdk8s.yaml',
    'fleet.yaml',
    'package.json',
    `vendor/${PACKED}`,
  ]);
  expect(printed).toContain('npx cdk8s-spire root');
  // Addresses are in the first commit, and in what is made before.
  const steps = [
    'npm install',
    '# set the addresses in fleet.yaml',
    'npx cdk8s-spire root',
    'npm run synth',
    'git commit',
  ];
  const places = steps.map((step) => printed.indexOf(step));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places).not.toContain(-1);
  for (const command of ['root', 'synth', 'check']) {
    const { exitCode: code, errorOutput } = await commandLine(made, command);
    expect([command, code, errorOutput.includes('warning')]).toEqual([command, 0, false]);
  }
});

test.each([1, 3])('writes a fleet of %d clusters whose sample in comments is right as well', async (count) => {
  const folder = shelf();
  const domains = ['east.example.org', 'west.example.org', 'north.example.org'].slice(0, count);
  expect((await init(folder, '--trust-domain', ...domains)).exitCode).toBe(0);
  const made = join(folder, 'fleet');
  const file = join(made, 'fleet.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^# (?=workloads:| {2})/gm, ''));
  expect(readFileSync(file, 'utf8')).toMatch(/^workloads:\n {2}greeter: /m);
  await commandLine(made, 'root');
  const { exitCode, errorOutput } = await commandLine(made, 'synth');
  expect(errorOutput).toContain(`${count} cluster`);
  expect(exitCode).toBe(0);
});

test('depends on the packed package that it copies, and on exactly the versions that were tested', async () => {
  const folder = shelf();
  await init(folder, ...PAIR);
  const own = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8'));
  const made = JSON.parse(readFileSync(join(folder, 'fleet', 'package.json'), 'utf8'));
  expect(made).toEqual({
    private: true,
    scripts: { synth: 'quiet-cdk8s synth --check-upgrade=false', check: 'cdk8s-spire check' },
    devDependencies: {
      cdk8s: own.devDependencies.cdk8s,
      'cdk8s-cli': own.devDependencies['cdk8s-cli'],
      'cdk8s-plus-27': own.devDependencies['cdk8s-plus-27'],
      constructs: own.devDependencies.constructs,
      'cdk8s-spire': `file:vendor/${PACKED}`,
    },
  });
  expect(readFileSync(join(folder, 'fleet', 'vendor', PACKED))).toEqual(readFileSync(join(folder, PACKED)));
});

test('asks for a packed package where it runs from a checkout, whose version may be in no registry', async () => {
  const folder = shelf();
  const { exitCode, errorOutput } = await commandLine(folder, 'init', 'fleet', ...PAIR);
  expect(exitCode).toBe(2);
  expect(errorOutput).toContain('runs from a checkout');
  expect(errorOutput).toContain('--package cdk8s-spire-0.1.0.tgz');
  expect(existsSync(join(folder, 'fleet'))).toBe(false);
});

test('refuses a package that is none', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, PACKED), 'not packed');
  const { exitCode, errorOutput } = await init(folder, ...PAIR);
  expect(exitCode).toBe(2);
  expect(errorOutput).toContain(`${PACKED} is not an npm package`);
});

test('takes all that follows the first equals sign for the trust domain, and refuses it', async () => {
  const folder = shelf();
  const { exitCode, errorOutput } = await init(folder, '--trust-domain', 'east=a=b');
  expect(exitCode).toBe(2);
  expect(errorOutput).toContain('"a=b"');
});

describe('the folder', () => {
  test('is refused where it is a file', async () => {
    const folder = shelf();
    writeFileSync(join(folder, 'fleet'), 'a file');
    const { exitCode, errorOutput } = await init(folder, ...PAIR);
    expect(exitCode).toBe(1);
    expect(errorOutput).toContain('nothing was written');
  });

  test('may be a new Git repository', async () => {
    const folder = shelf();
    mkdirSync(join(folder, 'fleet', '.git'), { recursive: true });
    const { exitCode, printed } = await init(folder, ...PAIR);
    expect(exitCode).toBe(0);
    expect(printed).not.toContain('git init');
    expect(existsSync(join(folder, 'fleet', 'fleet.yaml'))).toBe(true);
  });

  test('is left alone when something is in it', async () => {
    const folder = shelf();
    mkdirSync(join(folder, 'fleet'));
    writeFileSync(join(folder, 'fleet', 'README.md'), '# mine\n');
    const { exitCode, errorOutput } = await init(folder, ...PAIR);
    expect(exitCode).toBe(1);
    expect(errorOutput).toBe('fleet is not empty, it contains README.md; choose an empty folder or a new one');
    expect(tree(join(folder, 'fleet'))).toEqual({ 'README.md': '# mine\n' });
  });
});

describe('what is given', () => {
  test.each([
    [
      ['--trust-domain', 'east=east.example.org', 'west=east.example.org'],
      'clusters.west.trustDomain: "east.example.org" is also the trust domain of "east" (clusters.east.trustDomain)',
    ],
    [['--trust-domain', 'east.example.org', '--name', 'a\nb: c'], 'fleet: "a\\nb: c" is not a name'],
    [['--trust-domain', 'east.example.org', '--kubernetes', '1.12'], 'versions.kubernetes: '],
  ])('is checked by the rules before anything is written, without naming a file: %j', async (args, expected) => {
    const folder = shelf();
    const { exitCode, errorOutput } = await init(folder, ...args);
    expect(errorOutput).toContain(expected);
    expect(errorOutput).toContain('nothing was written');
    expect(errorOutput).not.toMatch(/fleet\.yaml|\d+:\d+/);
    expect(exitCode).toBe(1);
    expect(existsSync(join(folder, 'fleet'))).toBe(false);
  });

  test.each([
    [['--trust-domain', 'East.example.org'], '"East.example.org" is not a trust domain: only a-z'],
    [['--trust-domain', 'spiffe://east.example.org'], 'write only the name, without spiffe://'],
    [['--trust-domain', 'east='], '"" is not a trust domain: it is empty'],
    [['--trust-domain', '=east.example.org'], '"" is not a valid name of a cluster: it is empty'],
    [['--trust-domain', '1.example.org'], 'give it a name: --trust-domain cluster1=1.example.org'],
    [['--trust-domain', 'east.example.org', '--kubernetes', '1.36.2'], '"1.36.2" is not a Kubernetes version'],
  ])('is refused where it is misspelt: %j', async (args, expected) => {
    const folder = shelf();
    const { exitCode, errorOutput } = await init(folder, ...args);
    expect(errorOutput).toContain(expected);
    expect(errorOutput).not.toContain('fleet.yaml');
    expect(exitCode).toBe(2);
    expect(existsSync(join(folder, 'fleet'))).toBe(false);
  });

  test('may be trust domains that are no DNS names', async () => {
    const folder = shelf();
    expect((await init(folder, '--trust-domain', 'east_1')).errorOutput).toContain(
      '"east_1" is not a valid name of a cluster',
    );
    expect((await init(folder, '--trust-domain', 'east=east_1')).exitCode).toBe(0);
    expect(parse(readFileSync(join(folder, 'fleet', 'fleet.yaml'), 'utf8')).clusters.east).toMatchObject({
      trustDomain: 'east_1',
      bundleEndpoint: { address: 'spire.east.example.org' },
    });
  });

  test('is written with the versions that it is made for', async () => {
    const folder = shelf();
    expect((await init(folder, ...PAIR, '--kubernetes', '1.33')).exitCode).toBe(0);
    const fleet = parse(readFileSync(join(folder, 'fleet', 'fleet.yaml'), 'utf8'));
    expect(fleet.versions).toEqual({ ...DEFAULTS.versions, kubernetes: '1.33' });
  });

  test('is asked for names where two clusters would have one', async () => {
    const { exitCode, errorOutput } = await init(shelf(), '--trust-domain', 'east.a.org', 'east.b.org');
    expect(exitCode).toBe(2);
    expect(errorOutput).toContain(
      'two clusters would be named "east"; give each a name: --trust-domain CLUSTER=TRUST_DOMAIN',
    );
  });

  test('requires trust domains where it cannot prompt', async () => {
    const { exitCode, errorOutput } = await init(shelf());
    expect(exitCode).toBe(2);
    expect(errorOutput).toContain('--trust-domain east.example.org west.example.org');
  });
});

describe('on a terminal', () => {
  test('asks for what no option gives', async () => {
    const folder = shelf();
    const world = { cwd: folder, ask: answers('shop', 'a.example.org, other=b.example.org', '1.34', 'gitlab') };
    const { exitCode } = await commandLineIn(world, 'init', 'fleet', '--package', PACKED);
    expect(exitCode).toBe(0);
    const fleet = parse(readFileSync(join(folder, 'fleet', 'fleet.yaml'), 'utf8'));
    expect(fleet).toMatchObject({
      fleet: 'shop',
      versions: { kubernetes: '1.34' },
      clusters: { a: { trustDomain: 'a.example.org' }, other: { trustDomain: 'b.example.org' } },
      federation: [{ between: ['a', 'other'] }],
    });
    expect(existsSync(join(folder, 'fleet', '.gitlab-ci.yml'))).toBe(true);
  });

  test('takes the folder for the name, and GitHub, where the answer is empty', async () => {
    const folder = shelf();
    const world = { cwd: folder, ask: answers('', 'a.example.org', '', '') };
    await commandLineIn(world, 'init', 'fleet', '--package', PACKED);
    expect(parse(readFileSync(join(folder, 'fleet', 'fleet.yaml'), 'utf8')).fleet).toBe('fleet');
    expect(existsSync(join(folder, 'fleet', '.github', 'workflows', 'fleet.yml'))).toBe(true);
  });

  test('writes nothing for a CI system that it does not know', async () => {
    const folder = shelf();
    const world = { cwd: folder, ask: answers('', 'a.example.org', '', 'jenkins') };
    const { exitCode, errorOutput } = await commandLineIn(world, 'init', 'fleet', '--package', PACKED);
    expect(exitCode).toBe(2);
    expect(errorOutput).toContain('"jenkins" is not a supported CI system');
    expect(existsSync(join(folder, 'fleet'))).toBe(false);
  });
});
