import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLock } from '../../lib/output/fleet-lock';

/** Of the walkthrough; its second cluster is on line 4. */
const whole = readFileSync(join(__dirname, '..', '..', 'dist', 'fleet.lock.yaml'), 'utf8');

/** The second cluster's line with something else in place of one part. */
function withPart(part: string | RegExp, other: string): string {
  const lines = whole.split('\n');
  const index = lines.findIndex((line) => line.startsWith('"cluster2"'));
  const changed = lines[index]!.replace(part, other);
  if (changed === lines[index]) throw new Error(`there is no ${part} in ${changed}`);
  return [...lines.slice(0, index), changed, ...lines.slice(index + 1)].join('\n');
}

const NO_CLUSTER = 'this is no cluster as synth writes it';

test.each<[string, () => string]>([
  ['a cluster is null', () => withPart(/\{.*\}/, 'null')],
  ['a cluster is a list', () => withPart(/\{.*\}/, '[]')],
  ['a cluster is a text', () => withPart(/\{.*\}/, '"cluster2"')],
  ['the storage is null', () => withPart('{"size":"1Gi"}', 'null')],
  ['the storage has no size', () => withPart('{"size":"1Gi"}', '{}')],
  ['the peers are null', () => withPart(/"peers":.*/, '"peers":null}')],
  ['the peers are a list', () => withPart(/"peers":.*/, '"peers":[]}')],
  ['the peers are missing', () => withPart(/,"peers":.*/, '}')],
  ['a peer is null', () => withPart(/"peers":.*/, '"peers":{"cluster1":null}}')],
  ['a peer has a number in it', () => withPart(/"url":"[^"]+"/, '"url":8443')],
  ['a version is no version', () => withPart('"spire":"1.15.3"', '"spire":"abc"')],
  ['a version is a number', () => withPart('"agent":"1.15.3"', '"agent":1.15')],
  ["Istio's version is a list", () => withPart('"istio":"1.31.4"', '"istio":[]')],
  ["Istio's version is half a version", () => withPart('"istio":"1.31.4"', '"istio":"1.31"')],
  ['the trust domain is empty', () => withPart('"trustDomain":"cluster2.demo"', '"trustDomain":""')],
  ['a line is cut', () => withPart(/.{40}$/, '')],
  ['JSON is deep', () => withPart(/"peers":.*/, `"peers":${'['.repeat(200_000)}${']'.repeat(200_000)}}`)],
  ['a map is deep', () => withPart(/"peers":.*/, `"peers":${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}}`)],
])('is refused on its line when %s', (_what, text) => {
  expect(readLock(text())).toEqual({ damage: { line: 4, reason: NO_CLUSTER } });
});

test.each<[string, () => string, number | undefined, string]>([
  [
    'a cluster occurs in it twice',
    () => `${whole}${whole.split('\n')[3]}\n`,
    5,
    'cluster "cluster2" occurs here twice',
  ],
  ['it holds comments alone', () => '# Generated\n', undefined, 'it contains no cluster'],
  ['it is another kind of YAML', () => 'clusters:\n  east: {}\n', 1, NO_CLUSTER],
  ['it is one line of JSON', () => '{"cluster1":{}}', 1, NO_CLUSTER],
  ['it is of another kind of lines', () => whole.replaceAll('\n', '\r\n'), 3, NO_CLUSTER],
])('is refused when %s', (_what, text, line, reason) => {
  expect(readLock(text())).toEqual({ damage: { line, reason } });
});

test('accepts peers with the names of JavaScript properties', () => {
  const peer = JSON.stringify({ trustDomain: 'a.test', url: 'https://a.test/', profile: 'https_web', authorities: '' });
  const read = readLock(withPart(/"peers":\{/, `"peers":{"__proto__":${peer},`));
  if (!('fleet' in read)) throw new Error(read.damage.reason);
  expect(Object.keys(read.fleet.cluster2?.peers ?? {})).toEqual(['__proto__', 'cluster1']);
  expect([read.fleet.constructor, read.fleet.cluster2?.peers.toString]).toEqual([undefined, undefined]);
});

test('reads what a newer version wrote beside, and leaves it out', () => {
  const read = readLock(withPart('"spire":', '"mesh":{"istio":"1.31.0"},"spire":'));
  expect('fleet' in read && Object.keys(read.fleet)).toEqual(['cluster1', 'cluster2']);
});
