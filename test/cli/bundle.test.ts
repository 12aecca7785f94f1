import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { bundleFromRoots } from '../../lib/model/trust/bundle';
import { type Answer, commandLine, commandLineIn, commandLineWith } from '../command-line';
import { certificate, leaf } from '../model/trust/certificates';
import { trialCa } from '../resolved';
import { fleetFile, temporaryFolder } from '../support';

const ROOT = join(__dirname, '..', '..');
const FLEET = `
fleet: pinned
clusters:
  east: { trustDomain: east.test, trust: { bundle: east.json }, bundleEndpoint: { address: 192.0.2.1 } }
`;

const bundleOf = (...pems: readonly string[]): string =>
  bundleFromRoots(
    pems.map((pem) => new X509Certificate(pem)),
    300,
  ).text;

function folderWith(files: Readonly<Record<string, string>> = {}): string {
  const folder = temporaryFolder();
  fleetFile(FLEET, folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** Pulls with a kubectl that prints a text, and keeps what it was asked. */
async function pullFrom(
  stdout: string,
  folder: string,
  ...options: readonly string[]
): Promise<Answer & { asked: string }> {
  const asked: string[] = [];
  const execute = (program: string, args: readonly string[]) => {
    asked.push([program, ...args].join(' '));
    return { status: stdout === '' ? 1 : 0, stdout, stderr: stdout === '' ? 'no such pod' : '' };
  };
  return {
    ...(await commandLineIn({ cwd: folder, execute }, 'bundle', 'pull', 'east', ...options)),
    asked: asked.join('\n'),
  };
}

const fingerprintOf = (pem: string): string => new X509Certificate(pem).fingerprint256;

describe('bundle pull', () => {
  test('writes what the server shows into the file that the fleet pins it by', async () => {
    const root = await certificate({ until: 300 });
    const folder = folderWith();
    const { exitCode, asked, errorOutput } = await pullFrom(bundleOf(root), folder);
    expect([exitCode, readFileSync(join(folder, 'east.json'), 'utf8')]).toEqual([0, bundleOf(root)]);
    expect(asked).toBe(
      'kubectl --context east exec -n spire-server spire-server-0 -c spire-server -- /opt/spire/bin/spire-server bundle show -format spiffe',
    );
    expect(errorOutput).toContain(`+ ${fingerprintOf(root)}  until 2027-09-27`);
  });

  test('says which certificates are new, which stay and which go', async () => {
    const [old, kept, young] = [await certificate(), await certificate(), await certificate()];
    const folder = folderWith({ 'east.json': bundleOf(old, kept) });
    const { errorOutput } = await pullFrom(bundleOf(kept, young), folder);
    const marks = errorOutput
      .split('\n')
      .filter((line) => /^ {2}[-=+]/.test(line))
      .map((line) => line.slice(2, 15));
    expect(marks).toEqual([
      `= ${fingerprintOf(kept).slice(0, 11)}`,
      `+ ${fingerprintOf(young).slice(0, 11)}`,
      `- ${fingerprintOf(old).slice(0, 11)}`,
    ]);
  });

  test('makes a bundle of the PEM that agents are given', async () => {
    const root = await certificate();
    const folder = folderWith();
    const { exitCode, asked } = await pullFrom(root, folder, '--from', 'configmap', '--context', 'kind-east');
    expect([exitCode, readFileSync(join(folder, 'east.json'), 'utf8')]).toEqual([0, bundleOf(root)]);
    expect(asked).toContain('kubectl --context kind-east get configmap spire-bundle -n spire-system');
  });

  test('prints the bundle when asked to', async () => {
    const root = await certificate();
    const folder = folderWith();
    expect((await pullFrom(bundleOf(root), folder, '-o', '-')).printed).toBe(bundleOf(root).trimEnd());
  });

  test.each<[string, () => Promise<string>, string]>([
    [
      'a bundle of another trust domain',
      async () => bundleOf((await trialCa('west.test')).root),
      'belongs to "west.test"',
    ],
    ['a truncated bundle', async () => bundleOf(await certificate()).slice(0, 100), 'incomplete JSON'],
    ['a bundle that has ended', async () => bundleOf(await certificate({ until: -0.5 })), 'has expired'],
    ['a private key', async () => (await trialCa('east.test')).rootKey, 'private key'],
    ['no answer', async () => '', 'no such pod'],
  ])('keeps the file as it was on %s', async (_, text, says) => {
    const folder = folderWith({ 'east.json': 'before' });
    const { exitCode, errorOutput, printed } = await pullFrom(await text(), folder);
    expect([exitCode, errorOutput, printed]).toEqual([1, expect.stringContaining(says), '']);
    expect(errorOutput).not.toMatch(/BEGIN|MII|MIG/);
    expect(readFileSync(join(folder, 'east.json'), 'utf8')).toBe('before');
  });

  test('asks again for a name that does not exist', async () => {
    const { exitCode, errorOutput } = await commandLine(folderWith(), 'bundle', 'pull', 'eats');
    expect([exitCode, errorOutput]).toEqual([2, 'no cluster and no partner is named "eats"; did you mean "east"?']);
  });
});

describe('bundle pull from the endpoint', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  const pullAt = (folder: string, port: number): Promise<Answer> =>
    commandLine(folder, 'bundle', 'pull', 'east', '--from', 'endpoint', '--url', `https://127.0.0.1:${port}/`);

  /** An endpoint on loopback that presents a SPIFFE ID. */
  async function endpoint(spiffeId: string, body: (root: string) => string, status = 200) {
    const { root, key, ...served } = await leaf(spiffeId);
    const server = createServer({ cert: served.certificate, key }, (_, response) => {
      response.statusCode = status;
      response.end(body(root));
    });
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return { root, port: (server.address() as AddressInfo).port };
  }

  test('accepts an SVID of the server that the bundle of the fleet verifies', async () => {
    const { root, port } = await endpoint('spiffe://east.test/spire/server', (own) => bundleOf(own));
    const folder = folderWith({ 'east.json': bundleOf(root) });
    const { exitCode, errorOutput } = await pullAt(folder, port);
    expect([exitCode, errorOutput]).toEqual([0, expect.stringContaining(`= ${fingerprintOf(root)}`)]);
  });

  test.each<[string, string, (root: string) => Promise<string>, RegExp]>([
    [
      'another root',
      'spiffe://east.test/spire/server',
      async () => bundleOf(await certificate()),
      /self-signed|unable to verify|signature/i,
    ],
    [
      'another SPIFFE ID',
      'spiffe://east.test/workload',
      async (root) => bundleOf(root),
      /not spiffe:\/\/east\.test\/spire\/server/,
    ],
  ])('refuses a server with %s', async (_, spiffeId, held, says) => {
    const { root, port } = await endpoint(spiffeId, (own) => bundleOf(own));
    const before = await held(root);
    const folder = folderWith({ 'east.json': before });
    const { exitCode, errorOutput } = await pullAt(folder, port);
    expect([exitCode, errorOutput]).toEqual([1, expect.stringMatching(says)]);
    expect(readFileSync(join(folder, 'east.json'), 'utf8')).toBe(before);
  });

  test('says so when the endpoint is away, or answers something else', async () => {
    expect((await pullAt(folderWith(), 1)).errorOutput).toMatch(/ECONNREFUSED/);
    const { root, port } = await endpoint('spiffe://east.test/spire/server', () => '', 503);
    const folder = folderWith({ 'east.json': bundleOf(root) });
    expect((await pullAt(folder, port)).errorOutput).toMatch(/status 503/);
  });
});

describe('bundle show', () => {
  test('tells of each trust domain the certificates, their ends, and who holds them', async () => {
    const { printed } = await commandLine(join(ROOT, 'examples', 'partner'), 'bundle', 'show');
    expect(printed).toMatch(/^web\.shop\.example \(web\), trusted by jobs\n {2}33:6A:.* until 2036-11-24, \d+ days$/m);
    expect(printed).toMatch(/^bank\.example \(bank\), trusted by web$/m);
  });

  test('tells machines the same', async () => {
    const { printed } = await commandLine(ROOT, 'bundle', 'show', 'cluster1', '--json');
    expect(JSON.parse(printed)).toMatchObject([
      { name: 'cluster1', trustDomain: 'cluster1.demo', heldBy: ['cluster2'] },
    ]);
  });

  test('asks again for a name that does not exist', async () => {
    expect((await commandLine(ROOT, 'bundle', 'show', 'cluster3')).exitCode).toBe(2);
  });
});

describe('bundle check', () => {
  const check = (text: string, trustDomain = 'east.test'): Promise<Answer> =>
    commandLineWith(text, ROOT, 'bundle', 'check', '-', '-t', trustDomain);

  test('takes a bundle and roots, and shows their fingerprints', async () => {
    const root = await certificate();
    for (const text of [root, bundleOf(root)]) {
      const { exitCode, printed } = await check(text);
      expect([exitCode, printed]).toEqual([0, expect.stringContaining(fingerprintOf(root))]);
    }
  });

  test.each<[string, () => Promise<string>, string]>([
    ['truncated JSON', async () => bundleOf(await certificate()).slice(0, 99), 'incomplete JSON'],
    [
      'a key of another certificate',
      async () => bundleOf(await certificate()).replace(/"x": "..../, '"x": "AAAA'),
      'differs',
    ],
    ['JWT keys alone', async () => '{"keys":[{"use":"jwt-svid","kid":"a"}]}', 'only keys for JWT-SVIDs'],
    ['another trust domain', async () => (await trialCa('west.test')).root, 'belongs to "west.test"'],
    ['an expired root', async () => certificate({ until: -0.5 }), 'expired on'],
    ['a private key', async () => (await trialCa('east.test')).rootKey, 'contains a private key'],
    ['an ordinary certificate', async () => certificate({ ca: false }), 'it is not a CA'],
  ])('refuses %s', async (_, text, says) => {
    const { exitCode, errorOutput } = await check(await text());
    expect([exitCode, errorOutput]).toEqual([1, expect.stringContaining(says)]);
    expect(errorOutput).not.toContain('BEGIN');
  });
});
