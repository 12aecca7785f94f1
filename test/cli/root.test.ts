import { execFileSync, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesize } from '../../lib/output/synthesize';
import { renderProblems } from '../../lib/problems/render';
import { makeRoot } from '../../lib/trial-pki/trial-pki';
import { commandLine, commandLineIn } from '../command-line';
import { fleetFile, NOW, temporaryFolder } from '../support';
import { tree } from '../written-repository';

const FLEET = `
fleet: trial
clusters:
  east: { trustDomain: east.example }
  west: { trustDomain: west.example, spire: { namespaces: shared }, trust: { root: ca/west.pem, secret: west-ca } }
`;

function trialFolder(text = FLEET): string {
  const folder = temporaryFolder();
  fleetFile(text, folder);
  return folder;
}

const read = (folder: string, file: string): X509Certificate => new X509Certificate(readFileSync(join(folder, file)));

test('makes a root and an intermediate under it for each trust domain, with which the fleet synthesizes', async () => {
  const folder = trialFolder();
  const { exitCode, printed } = await commandLine(folder, 'root');
  expect(exitCode).toBe(0);
  const [root, intermediate] = [read(folder, 'trust/east.example.pem'), read(folder, 'trust/private/east.example.crt')];
  expect(root.ca && intermediate.ca && intermediate.verify(root.publicKey)).toBe(true);
  expect(root.subjectAltName).toBe('URI:spiffe://east.example');
  expect(printed).toContain('kubectl create secret tls spire-upstream-ca --namespace spire-server');
  expect(printed).toContain(
    'kubectl create secret tls west-ca --namespace spire --cert ca/private/west.example.crt ' +
      '--key ca/private/west.example.key --dry-run=client -o yaml | kubectl --context west apply --server-side --force-conflicts -f -',
  );
  expect(synthesize(join(folder, 'fleet.yaml'), { now: NOW }).problems).toEqual([]);
});

test('keeps keys to their owner and out of Git', async () => {
  const folder = trialFolder();
  await commandLine(folder, 'root');
  expect(statSync(join(folder, 'trust/private/east.example.key')).mode & 0o777).toBe(0o600);
  spawnSync('git', ['init', '-q'], { cwd: folder });
  const { stdout } = spawnSync('git', ['status', '--porcelain', '--untracked-files=all'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(stdout).toContain('trust/east.example.pem');
  expect(stdout).not.toContain('private');
});

const textOf = (folder: string, file: string): string => readFileSync(join(folder, file), 'utf8');

test('keeps what is there and lasts, and renews an intermediate that ends within a month, or when told to', async () => {
  const folder = trialFolder();
  const [root, intermediate] = ['trust/east.example.pem', 'trust/private/east.example.crt'];
  await commandLine(folder, 'root', 'east', '--days', '40');
  const before = [textOf(folder, root), textOf(folder, intermediate)];
  await commandLine(folder, 'root', 'east');
  expect([textOf(folder, root), textOf(folder, intermediate)]).toEqual(before);
  await commandLine(folder, 'root', 'east', '--renew', '--days', '20');
  const renewed = textOf(folder, intermediate);
  expect([textOf(folder, root), renewed === before[1]]).toEqual([before[0], false]);
  await commandLine(folder, 'root', 'east');
  expect(textOf(folder, intermediate)).not.toBe(renewed);
  expect(read(folder, intermediate).verify(read(folder, root).publicKey)).toBe(true);
});

test('rotates a root by putting the new one beside the one before, whose key it keeps', async () => {
  const folder = trialFolder();
  await commandLine(folder, 'root', 'east');
  const [root, key] = [textOf(folder, 'trust/east.example.pem'), textOf(folder, 'trust/private/east.example.root.key')];
  const intermediate = textOf(folder, 'trust/private/east.example.crt');
  const { printed } = await commandLine(folder, 'root', 'east', '--rotate');
  expect(textOf(folder, 'trust/private/east.example.previous.crt')).toBe(intermediate);
  const both = textOf(folder, 'trust/east.example.pem');
  expect(both.startsWith(root)).toBe(true);
  expect(both.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
  expect(textOf(folder, 'trust/private/east.example.root.previous.key')).toBe(key);
  const next = new X509Certificate(both.slice(root.length));
  expect(read(folder, 'trust/private/east.example.crt').verify(next.publicKey)).toBe(true);
  expect(printed).toContain('load it into east at the step that README.md of the output names');
  // The certificate of the key is found wherever it stands in the file.
  writeFileSync(join(folder, 'trust/east.example.pem'), both.slice(root.length) + root);
  expect((await commandLine(folder, 'root', 'east', '--renew')).exitCode).toBe(0);
  expect(read(folder, 'trust/private/east.example.crt').verify(next.publicKey)).toBe(true);
});

test('rotates a root once, and says of its intermediate in between that it has to wait', async () => {
  const folder = trialFolder();
  await commandLine(folder, 'root', 'east');
  await commandLine(folder, 'root', 'east', '--rotate');
  const both = textOf(folder, 'trust/east.example.pem');
  const key = textOf(folder, 'trust/private/east.example.root.previous.key');
  const again = await commandLine(folder, 'root', 'east', '--rotate');
  expect([again.exitCode, again.errorOutput]).toEqual([1, expect.stringContaining('already contains two roots')]);
  expect(textOf(folder, 'trust/east.example.pem')).toBe(both);
  expect(textOf(folder, 'trust/private/east.example.root.previous.key')).toBe(key);
  expect((await commandLine(folder, 'root', 'east')).printed).toContain(
    'load it into east at the step that README.md of the output names',
  );
});

test('signs nothing with a key that belongs to another root', async () => {
  const folder = trialFolder();
  await commandLine(folder, 'root', 'east');
  const root = textOf(folder, 'trust/east.example.pem');
  await commandLine(folder, 'root', 'east', '--replace');
  writeFileSync(join(folder, 'trust/east.example.pem'), root);
  const { exitCode, errorOutput } = await commandLine(folder, 'root', 'east', '--renew');
  expect([exitCode, errorOutput]).toEqual([
    1,
    expect.stringContaining('matches no certificate in trust/east.example.pem'),
  ]);
});

test('signs nothing under a root that has ended', async () => {
  const folder = trialFolder();
  await commandLine(folder, 'root', 'east');
  const { key, certificate } = await makeRoot({ trustDomain: 'east.example', now: new Date('2020-01-01'), years: 1 });
  writeFileSync(join(folder, 'trust/east.example.pem'), certificate);
  writeFileSync(join(folder, 'trust/private/east.example.root.key'), key);
  const { exitCode, errorOutput } = await commandLine(folder, 'root', 'east', '--renew');
  expect([exitCode, errorOutput]).toEqual([1, expect.stringContaining('expired on 2021-01-01')]);
});

test('says until when an intermediate lasts: not longer than its root', async () => {
  const folder = trialFolder();
  const { printed } = await commandLine(folder, 'root', 'east', '--years', '1', '--days', '3650');
  expect(printed).toMatch(
    /root trust\/east\.example\.pem, valid until 2027-12-01; [\s\S]*intermediate signed by it, valid until 2027-12-01/,
  );
});

test('fails on a root whose key is elsewhere, and replaces it only when told to', async () => {
  const folder = trialFolder();
  await commandLine(folder, 'root', 'east');
  const root = readFileSync(join(folder, 'trust/east.example.pem'), 'utf8');
  rmSync(join(folder, 'trust/private'), { recursive: true });
  const refused = await commandLine(folder, 'root', 'east');
  expect(refused.exitCode).toBe(1);
  expect(refused.errorOutput).toContain('--rotate');
  expect(readFileSync(join(folder, 'trust/east.example.pem'), 'utf8')).toBe(root);
  expect((await commandLine(folder, 'root', 'east', '--replace')).exitCode).toBe(0);
  expect(readFileSync(join(folder, 'trust/east.example.pem'), 'utf8')).not.toBe(root);
});

test('makes nothing for a cluster whose trust comes from a bundle', async () => {
  const folder = trialFolder(
    'fleet: trial\nclusters:\n  east: { trustDomain: east.example, trust: { bundle: east.json } }\n',
  );
  const { exitCode, printed } = await commandLine(folder, 'root');
  expect(exitCode).toBe(0);
  expect(printed).toContain('nothing to create');
});

test.each([
  ['an unknown command', ['rot'], 2, 'unknown command'],
  ['an unknown cluster', ['root', 'eats'], 2, 'did you mean "east"?'],
  ['a life that is no number', ['root', '--years', 'ten'], 2, 'whole number from 1 to 50'],
  ['an unknown option', ['root', '--yeers', '3'], 2, 'unknown option'],
  ['a fleet that is missing', ['root', '--fleet', 'other.yaml'], 1, 'other.yaml:1:1: error[file-missing]'],
])('fails on %s', async (_what, args, exitCode, text) => {
  const result = await commandLine(trialFolder(), ...args);
  expect(result.exitCode).toBe(exitCode);
  expect(result.errorOutput).toContain(text);
});

test('finds the files beside a fleet elsewhere, and names them from here, as words of a shell', async () => {
  const folder = trialFolder();
  const place = join(folder, 'the sites');
  mkdirSync(place);
  fleetFile(FLEET, place);
  const { printed } = await commandLine(folder, 'root', 'east', '--fleet', 'the sites/fleet.yaml');
  expect(printed).toContain("--cert 'the sites/trust/private/east.example.crt' --key 'the sites/");
  const absolute = await commandLine(folder, 'root', 'west', '--fleet', join(place, 'fleet.yaml'));
  expect(absolute.printed).toContain(`--cert '${join(place, 'ca/private/west.example.crt')}'`);
  expect(existsSync(join(place, 'ca/private/west.example.key'))).toBe(true);
});

test('says what the disk refuses', async () => {
  const folder = trialFolder();
  mkdirSync(join(folder, 'trust'));
  writeFileSync(join(folder, 'trust', 'private'), '');
  const { exitCode, errorOutput } = await commandLine(folder, 'root');
  expect([exitCode, errorOutput]).toEqual([1, expect.stringMatching(/^EEXIST: .*; files written before stay/)]);
});

test('makes no root in the place of one whose path is misspelt', async () => {
  const folder = trialFolder();
  await commandLine(folder, 'root');
  const keys = tree(join(folder, 'trust', 'private'));
  fleetFile(FLEET.replace('east.example }', 'east.example, trust: { root: trust/eats.pem } }'), folder);
  const { problems, source } = synthesize(join(folder, 'fleet.yaml'), { now: NOW });
  expect(renderProblems(problems, source)).toContain('hint: did you mean "trust/east.example.pem"?');
  const { exitCode, errorOutput } = await commandLine(folder, 'root', 'east');
  expect([exitCode, errorOutput]).toEqual([1, expect.stringContaining('contains keys of a root of east.example')]);
  expect(tree(join(folder, 'trust', 'private'))).toEqual(keys);
  expect((await commandLine(folder, 'root', 'east', '--replace')).exitCode).toBe(0);
});

test('fails with 3, and says so, when it meets a fault of its own', async () => {
  const print = (): void => {
    throw new Error('nobody foresaw this');
  };
  const { exitCode, errorOutput } = await commandLineIn({ cwd: trialFolder(), print }, 'root');
  expect(exitCode).toBe(3);
  expect(errorOutput).toContain('internal error');
});

test('runs as the command cdk8s-spire', () => {
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(__dirname, '..', '..', 'bin', 'cdk8s-spire.js'), '--help'],
    { encoding: 'utf8' },
  );
  expect(status).toBe(0);
  expect(stdout).toContain('root');
});

describe('what somebody damaged in the folder of the keys', () => {
  const DAMAGED = ['', 'x', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n', '\0\u00ff'];
  const PRIVATE = ['crt', 'key', 'root.key'].map((ending) => `trust/private/east.example.${ending}`);

  test.each([...PRIVATE, 'trust/east.example.pem'])('%s is named, and nothing is overwritten', async (file) => {
    const folder = trialFolder();
    await commandLine(folder, 'root');
    for (const text of DAMAGED) {
      writeFileSync(join(folder, file), text);
      const before = tree(folder);
      const { exitCode, errorOutput } = await commandLine(folder, 'root', 'east');
      expect([text, exitCode]).toEqual([text, 1]);
      expect(errorOutput).toMatch(/^east: .*(restore|create)/);
      expect(tree(folder)).toEqual(before);
    }
    const how = file.endsWith('root.key') || file.endsWith('.pem') ? '--replace' : '--renew';
    expect((await commandLine(folder, 'root', 'east', how)).exitCode).toBe(0);
    expect((await commandLine(folder, 'root', 'east')).exitCode).toBe(0);
  });
});

test('says which file of keys or certificates cannot be read, and waits for none', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'fleet.yaml'), 'fleet: one\nclusters:\n  east: { trustDomain: east.test }\n');
  expect((await commandLine(folder, 'root')).exitCode).toBe(0);
  const key = join(folder, 'trust', 'private', 'east.test.root.key');
  rmSync(key);
  execFileSync('mkfifo', [key]);
  const fifo = await commandLine(folder, 'root', '--renew');
  expect([fifo.exitCode, fifo.errorOutput]).toEqual([1, expect.stringContaining('east.test.root.key cannot be read')]);
  rmSync(key);
  const root = join(folder, 'trust', 'east.test.pem');
  rmSync(root);
  mkdirSync(root);
  const directory = await commandLine(folder, 'root');
  expect(directory.exitCode).toBe(1);
  expect(directory.errorOutput).toContain('east.test.pem cannot be read: it is a directory');
});
