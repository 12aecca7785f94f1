import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesize } from '../../lib/output/synthesize';
import { commandLine } from '../command-line';
import { fleetFile, NOW, temporaryFolder } from '../support';

const FLEET = `
fleet: trial
clusters:
  zoo: { trustDomain: zoo.example, serverApi: { address: 192.0.2.12 } }
  ark: { trustDomain: zoo.example, nestedUnder: zoo, spire: { namespaces: shared } }
`;

const ROOT = 'trust/zoo.example.nested.pem';
const CERTIFICATE = 'trust/private/zoo.example.ark.crt';

function trialFolder(): string {
  const folder = temporaryFolder();
  fleetFile(FLEET, folder);
  return folder;
}

const text = (folder: string, file: string): string => readFileSync(join(folder, file), 'utf8');
const read = (folder: string, file: string): X509Certificate => new X509Certificate(text(folder, file));

test('makes a root for nested servers and a certificate under it that names the cluster, with which the fleet synthesizes', async () => {
  const folder = trialFolder();
  const { exitCode, printed } = await commandLine(folder, 'root');
  expect(exitCode).toBe(0);
  const [root, certificate] = [read(folder, ROOT), read(folder, CERTIFICATE)];
  expect([root.ca, certificate.ca, certificate.verify(root.publicKey)]).toEqual([true, false, true]);
  expect(certificate.subject).toBe('O=SPIFFE\nCN=ark');
  expect(root.fingerprint256).not.toBe(read(folder, 'trust/zoo.example.pem').fingerprint256);
  expect(printed).toContain('kubectl create secret tls spire-upstream-agent --namespace spire --cert');
  expect(existsSync(join(folder, 'trust/private/ark.crt'))).toBe(false);
  expect(synthesize(join(folder, 'fleet.yaml'), { now: NOW }).problems).toEqual([]);
});

test('makes no root in the place of one that is not found', async () => {
  const folder = trialFolder();
  await commandLine(folder, 'root');
  rmSync(join(folder, ROOT));
  const key = text(folder, 'trust/private/zoo.example.nested.root.key');
  const { exitCode, errorOutput } = await commandLine(folder, 'root');
  expect([exitCode, errorOutput]).toEqual([1, expect.stringContaining('contains the key of such a root')]);
  expect(text(folder, 'trust/private/zoo.example.nested.root.key')).toBe(key);
  expect((await commandLine(folder, 'root', '--replace')).exitCode).toBe(0);
});

test('keeps what is there and lasts, and renews a certificate that ends within a month, or when told to', async () => {
  const folder = trialFolder();
  await commandLine(folder, 'root', '--days', '40');
  const [root, first] = [text(folder, ROOT), text(folder, CERTIFICATE)];
  await commandLine(folder, 'root', 'ark');
  expect([text(folder, ROOT), text(folder, CERTIFICATE)]).toEqual([root, first]);
  await commandLine(folder, 'root', 'ark', '--renew', '--days', '20');
  const second = text(folder, CERTIFICATE);
  await commandLine(folder, 'root', 'ark');
  const third = text(folder, CERTIFICATE);
  expect([text(folder, ROOT), new Set([first, second, third]).size]).toEqual([root, 3]);
});

test('makes no certificate where the key of the root is kept elsewhere, and says so', async () => {
  const folder = trialFolder();
  await commandLine(folder, 'root');
  rmSync(join(folder, 'trust/private/zoo.example.nested.root.key'));
  rmSync(join(folder, CERTIFICATE));
  const { exitCode, errorOutput } = await commandLine(folder, 'root', 'ark');
  expect([exitCode, existsSync(join(folder, CERTIFICATE))]).toEqual([1, false]);
  expect(errorOutput).toContain('the key of trust/zoo.example.nested.pem is missing');
});

test('replaces the root of nested servers with the cluster above, and with a nested one its certificate alone', async () => {
  const folder = trialFolder();
  await commandLine(folder, 'root');
  const [root, certificate] = [text(folder, ROOT), text(folder, CERTIFICATE)];
  await commandLine(folder, 'root', 'ark', '--replace');
  expect([text(folder, ROOT) === root, text(folder, CERTIFICATE) === certificate]).toEqual([true, false]);
  await commandLine(folder, 'root', 'zoo', '--replace');
  expect(text(folder, ROOT)).not.toBe(root);
  expect(read(folder, CERTIFICATE).verify(read(folder, ROOT).publicKey)).toBe(true);
});

test('names a damaged certificate, and overwrites it only when told to', async () => {
  const folder = trialFolder();
  await commandLine(folder, 'root');
  writeFileSync(join(folder, CERTIFICATE), 'x');
  const { exitCode, errorOutput } = await commandLine(folder, 'root');
  expect([exitCode, errorOutput]).toEqual([1, expect.stringContaining('zoo.example.ark.crt is not a certificate')]);
  expect(text(folder, CERTIFICATE)).toBe('x');
  expect((await commandLine(folder, 'root', 'ark', '--renew')).exitCode).toBe(0);
});
