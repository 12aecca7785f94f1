import { createPublicKey, type JsonWebKey, X509Certificate } from 'node:crypto';
import { bundleFromRoots, readBundle } from '../../lib/model/bundle';
import { collector } from '../reported';
import { trialCa } from '../resolved';
import { NOW } from '../support';
import { type CertificateProps, certificate } from './certificates';

/** In seconds. */
const HINT = 300;
const PLACE = ['clusters', 'east', 'trust', 'bundle'];

interface Jwks {
  readonly spiffe_refresh_hint: number;
  readonly keys: readonly (JsonWebKey & { readonly use: string; readonly x5c: readonly string[] })[];
}

const bundleOf = (...pems: readonly string[]): Jwks =>
  JSON.parse(
    bundleFromRoots(
      pems.map((pem) => new X509Certificate(pem)),
      HINT,
    ).text,
  ) as Jwks;

describe('a bundle made from a root', () => {
  test('holds the root itself, as the only certificate of its key', async () => {
    const { root } = await trialCa('east.test');
    const [key] = bundleOf(root).keys;
    expect([key?.use, key?.x5c]).toEqual(['x509-svid', [new X509Certificate(root).raw.toString('base64')]]);
  });

  test.each(['ec', 'rsa'] as const)('holds the key of the root, here %s', async (key) => {
    const root = await certificate({ key });
    const [jwk] = bundleOf(root).keys;
    expect(createPublicKey({ key: jwk!, format: 'jwk' }).equals(new X509Certificate(root).publicKey)).toBe(true);
  });

  test('verifies the intermediate that a server signs with, and no other one', async () => {
    const [east, west] = [await trialCa('east.test'), await trialCa('west.test')];
    const key = createPublicKey({ key: bundleOf(east.root).keys[0]!, format: 'jwk' });
    const verdicts = [east, west].map(({ intermediate }) => new X509Certificate(intermediate).verify(key));
    expect(verdicts).toEqual([true, false]);
  });

  test('holds both roots while one replaces the other, in the order of the file', async () => {
    const [old, young] = [await certificate(), await certificate()];
    expect(bundleOf(old, young).keys.map(({ x5c }) => x5c[0])).toEqual(
      [old, young].map((pem) => new X509Certificate(pem).raw.toString('base64')),
    );
  });

  test('holds public material alone', async () => {
    const [key] = bundleOf(await certificate({ key: 'rsa' })).keys;
    expect(Object.keys(key!).sort()).toEqual(['e', 'kty', 'n', 'use', 'x5c']);
  });

  test('carries the refresh hint, so that a poll that found the endpoint away is repeated within it', async () => {
    expect(bundleOf((await trialCa('east.test')).root).spiffe_refresh_hint).toBe(HINT);
  });

  test('comes with the fingerprint and the life of each root', async () => {
    const { root } = await trialCa('east.test');
    const { fingerprint256, validFrom, validTo } = new X509Certificate(root);
    const { authorities } = bundleFromRoots([new X509Certificate(root)], HINT);
    expect(authorities).toEqual([
      {
        fingerprint: fingerprint256,
        notBefore: new Date(validFrom).toISOString(),
        notAfter: new Date(validTo).toISOString(),
      },
    ]);
  });

  test('is accepted when it is pinned', async () => {
    const { root } = await trialCa('east.test');
    const text = JSON.stringify(bundleOf(root));
    expect(read(text)).toEqual({ bundle: bundleFromRoots([new X509Certificate(root)], HINT), problems: [] });
  });
});

function read(text: string) {
  const { problems, report } = collector();
  const file = { file: 'bundle.json', text, trustDomain: 'east.test', refreshHint: HINT, place: { path: PLACE } };
  const bundle = readBundle(file, NOW, report);
  return { bundle, problems };
}

const jwks = (...keys: readonly unknown[]): string => JSON.stringify({ keys });

const twice = (key: unknown): string => jwks(key, key);

const numbered = async (more: object): Promise<string> => JSON.stringify({ keys: [await keyOf()], ...more });

const keyOf = async (props: CertificateProps = {}): Promise<Jwks['keys'][number]> =>
  bundleOf(await certificate(props)).keys[0]!;

test('keeps what else a pinned bundle says, such as JWT keys and the refresh hint', async () => {
  const pinned = { keys: [await keyOf(), { use: 'jwt-svid', kid: 'a' }], spiffe_sequence: 3, spiffe_refresh_hint: 60 };
  expect(JSON.parse(read(JSON.stringify(pinned)).bundle?.text ?? '')).toEqual(pinned);
});

test('gives a pinned bundle without a refresh hint the one of its endpoint', async () => {
  expect(JSON.parse(read(jwks(await keyOf())).bundle?.text ?? '')).toMatchObject({ spiffe_refresh_hint: HINT });
});

test('gives the same text for a pinned bundle however it was indented', async () => {
  const pinned = { keys: [await keyOf()] };
  expect(read(JSON.stringify(pinned, undefined, 8)).bundle).toEqual(read(JSON.stringify(pinned)).bundle);
});

test('accepts an expired certificate as long as another one is valid', async () => {
  expect(read(jwks(await keyOf({ until: -0.5 }), await keyOf())).problems).toEqual([]);
});

test.each<[string, () => Promise<string> | string, string]>([
  ['is not JSON', () => 'keys: []', 'it is not JSON'],
  ['is truncated', async () => jwks(await keyOf()).slice(0, 200), 'ends in the middle'],
  ['is PEM', () => certificate(), 'it is PEM'],
  ['is JSON of another kind', () => '[]', 'it has no list of keys'],
  ['is null', () => 'null', 'it has no list of keys'],
  ['has no keys', () => jwks(), 'it has no key for X.509-SVIDs'],
  ['has keys for JWT-SVIDs alone', () => jwks({ use: 'jwt-svid' }, null), 'keys for JWT-SVIDs alone'],
  ['has a sequence that is no number', async () => numbered({ spiffe_sequence: 'one' }), 'spiffe_sequence is no whole'],
  ['has a negative refresh hint', async () => numbered({ spiffe_refresh_hint: -1 }), 'spiffe_refresh_hint is no whole'],
  ['holds one certificate twice', async () => twice(await keyOf()), 'holds a certificate twice'],
  [
    'has a certificate of a workload',
    async () => jwks(await keyOf({ uris: ['spiffe://east.test/ns/a/sa/b'] })),
    'names spiffe://east.test/ns/a/sa/b',
  ],
  [
    'has a key without certificate',
    async () => jwks({ ...(await keyOf()), x5c: undefined }),
    'exactly one certificate',
  ],
  ['has a chain', async () => jwks({ ...(await keyOf()), x5c: ['AA==', 'AA=='] }), 'has 2 certificates in x5c'],
  ['has a damaged certificate', async () => jwks({ ...(await keyOf()), x5c: ['AAAA'] }), 'cannot be decoded'],
  [
    'pairs a key with the certificate of another',
    async () => jwks({ ...(await keyOf()), x5c: (await keyOf()).x5c }),
    'a key differs',
  ],
  ['has a certificate that is no CA', async () => jwks(await keyOf({ ca: false })), 'is no CA'],
  [
    'belongs to another trust domain',
    async () => jwks(await keyOf({ uris: ['spiffe://west.test'] })),
    'belongs to "west.test"',
  ],
  [
    'has expired altogether',
    async () => jwks(await keyOf({ until: -0.5 }), await keyOf({ until: 0 })),
    'every certificate in it has expired',
  ],
  [
    'has one foreign certificate among its own',
    async () => jwks(await keyOf(), await keyOf({ uris: ['spiffe://west.test'] })),
    'belongs to "west.test"',
  ],
])('fails on a bundle that %s', async (_, text, reason) => {
  const { bundle, problems } = read(await text());
  expect(bundle).toBeUndefined();
  expect(problems).toMatchObject([
    { code: 'invalid-bundle', place: { path: PLACE }, facts: { reason: expect.stringContaining(reason) } },
  ]);
});

test.each<[string, () => Promise<string>]>([
  ['in PEM', async () => (await trialCa('east.test')).rootKey],
  ['inside a JWK', async () => jwks({ ...(await keyOf()), d: 'AA' })],
  ['of the symmetric kind', async () => jwks(await keyOf(), { kty: 'oct', use: 'jwt-svid', k: 'AA' })],
])('fails on a private key %s', async (_, text) => {
  expect(read(await text()).problems).toMatchObject([{ code: 'private-key-in-file', place: { path: PLACE } }]);
});
