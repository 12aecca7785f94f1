/**
 * No file that a fleet names, and no file of its output, reaches an internal error: whatever its bytes are, every command
 * that reads it ends with located problems or a sound answer. ODD_BYTES_RUNS and ODD_BYTES_SEED hunt for more.
 */
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { bundleFromRoots } from '../../lib/model/trust/bundle';
import { type Answer, commandLine, commandLineWith } from '../command-line';
import { NOW, temporaryFolder } from '../support';
import { makeTrialCa } from '../trial-ca';
import { oddBytes } from './odd-bytes/odd-bytes';

const numRuns = Number(process.env.ODD_BYTES_RUNS ?? 12);
const seed = Number(process.env.ODD_BYTES_SEED ?? 14);

const FLEET = `fleet: bytes
clusters:
  east:
    trustDomain: td0.example
    bundleEndpoint: { address: 10.0.0.1 }
  west:
    trustDomain: td1.example
    trust: { bundle: trust/td1.example.json }
    bundleEndpoint: { address: 10.0.0.2 }
federation:
  - between: [east, west]
`;

/** As a server shows it, with a key for JWT-SVIDs. */
function pinnedBundle(root: string): string {
  const bundle = JSON.parse(bundleFromRoots([new X509Certificate(root)], 300).text) as {
    readonly keys: readonly object[];
  };
  const jwt = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
  return `${JSON.stringify({ ...bundle, keys: [...bundle.keys, { ...jwt, use: 'jwt-svid', kid: 'kid' }] }, undefined, 2)}\n`;
}

const folder = temporaryFolder();
const kept = temporaryFolder();

beforeAll(async () => {
  mkdirSync(join(folder, 'trust'));
  writeFileSync(join(folder, 'fleet.yaml'), FLEET);
  writeFileSync(join(folder, 'trust', 'td0.example.pem'), (await makeTrialCa('td0.example', NOW)).root);
  writeFileSync(join(folder, 'trust', 'td1.example.json'), pinnedBundle((await makeTrialCa('td1.example', NOW)).root));
  expect(await commandLine(folder, 'synth')).toMatchObject({ exitCode: 0 });
  cpSync(folder, kept, { recursive: true });
});

const OF_TRUST = [['synth'], ['check'], ['bundle', 'show'], ['explain', 'east', 'west']];
const OF_OUTPUT = [['check'], ['synth'], ['diff', join(kept, 'dist')], ['prune-commands', join(kept, 'dist')]];

test.each<[string, readonly (readonly string[])[]]>([
  ['trust/td0.example.pem', [...OF_TRUST, ['bundle', 'check', 'trust/td0.example.pem', '-t', 'td0.example']]],
  ['trust/td1.example.json', [...OF_TRUST, ['bundle', 'check', 'trust/td1.example.json', '-t', 'td1.example']]],
  ['dist/fleet.lock.yaml', OF_OUTPUT],
  ['dist/east/identities/federation-west.yaml', OF_OUTPUT],
  ['fleet.yaml', [...OF_TRUST, ['graph', '--against', kept]]],
])('answers odd bytes in %s', async (file, commands) => {
  const path = join(folder, file);
  const right = readFileSync(path);
  await fc.assert(
    fc.asyncProperty(oddBytes(right), async (latin1) => {
      for (const command of commands) {
        writeFileSync(path, latin1, 'latin1');
        await expectAnswer(command);
      }
    }),
    { numRuns, seed, endOnFailure: true },
  );
});

afterEach(restore);

/** As `kubectl get pod … -o json` prints it, with all that `explain` looks at. */
const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'p',
    namespace: 'n',
    labels: { app: 'p', 'spiffe.io/spire-managed-identity': 'true' },
    annotations: { 'inject.istio.io/templates': 'sidecar,spire', 'sidecar.istio.io/inject': 'true' },
    ownerReferences: [{ kind: 'ReplicaSet', name: 'p-1' }],
  },
  spec: {
    serviceAccountName: 's',
    hostNetwork: false,
    containers: [{ name: 'istio-proxy', image: 'proxy:1', volumeMounts: [{ name: 'v', mountPath: '/x' }] }],
    initContainers: [{ name: 'i', image: 'i:1', restartPolicy: 'Always' }],
    volumes: [{ name: 'v', csi: { driver: 'csi.spiffe.io', readOnly: true } }],
  },
};

test('answers odd pods on standard input', async () => {
  const right = Buffer.from(JSON.stringify(POD, undefined, 1));
  await fc.assert(
    fc.asyncProperty(oddBytes(right), async (latin1) => {
      const input = Buffer.from(latin1, 'latin1').toString('utf8');
      const answer = await commandLineWith(input, folder, 'explain', '-', '--cluster', 'east');
      expectSaid(answer);
      if (answer.exitCode === 1 && answer.printed === '') expect(answer.errorOutput).toMatch(LOCATED);
    }),
    { numRuns: numRuns * 5, seed, endOnFailure: true },
  );
});

async function expectAnswer(command: readonly string[]): Promise<void> {
  const answer = await commandLine(folder, ...command);
  expectSaid(answer);
  if (command[0] === 'synth' && answer.exitCode === 1) expect(answer.errorOutput).toMatch(LOCATED);
  // It may have written another output.
  if (command[0] === 'synth' && answer.exitCode === 0) restore();
}

const LOCATED = /^.+:[1-9]\d*:[1-9]\d*: error\[[a-z0-9-]+\] /m;

function expectSaid({ exitCode, printed, errorOutput }: Answer): void {
  expect(`${printed}\n${errorOutput}`).not.toMatch(/internal error|please report|^\s+at .+:\d+:\d+\)?$/m);
  expect([0, 1, 2]).toContain(exitCode);
}

function restore(): void {
  rmSync(join(folder, 'dist'), { recursive: true });
  cpSync(kept, folder, { recursive: true });
}
