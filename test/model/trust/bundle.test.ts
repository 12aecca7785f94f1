import { createHash, createPublicKey, generateKeyPairSync, type JsonWebKey, X509Certificate } from 'node:crypto';
import { bundleFromRoots, readBundle } from '../../../lib/model/trust/bundle';
import { collector } from '../../reported';
import { trialCa } from '../../resolved';
import { NOW } from '../../support';
import { type CertificateProps, certificate } from './certificates';
import {
  basicConstraints,
  ec,
  extendedKeyUsages,
  type RawCertificateProps,
  rawCertificate,
  rsa,
} from './raw-certificate';

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

  test('contains only public material', async () => {
    const [key] = bundleOf(await certificate({ key: 'rsa' })).keys;
    expect(Object.keys(key!).sort()).toEqual(['e', 'kty', 'n', 'use', 'x5c']);
  });

  test('carries the refresh hint, so that a poll that found the endpoint away is repeated within it', async () => {
    expect(bundleOf((await trialCa('east.test')).root).spiffe_refresh_hint).toBe(HINT);
  });

  test('has the fingerprint and the expiry of each root', async () => {
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

/** A key for JWT-SVIDs. */
const jwtKey = (more: object = {}): object => ({
  use: 'jwt-svid',
  kid: 'a',
  ...ec('P-256').publicKey.export({ format: 'jwk' }),
  ...more,
});

test('keeps the other parts of a pinned bundle, such as JWT keys and the refresh hint', async () => {
  const pinned = { keys: [await keyOf(), jwtKey()], spiffe_sequence: 3, spiffe_refresh_hint: 60 };
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
  ['is truncated', async () => jwks(await keyOf()).slice(0, 200), 'is incomplete JSON'],
  ['is PEM', () => certificate(), 'it is PEM'],
  ['is JSON of another kind', () => '[]', 'it has no list of keys'],
  ['is null', () => 'null', 'it has no list of keys'],
  ['has no keys', () => jwks(), 'it has no key for X.509-SVIDs'],
  ['has only keys for JWT-SVIDs', () => jwks({ use: 'jwt-svid' }, null), 'only keys for JWT-SVIDs'],
  [
    'has a sequence that is no number',
    async () => numbered({ spiffe_sequence: 'one' }),
    'spiffe_sequence is not a whole',
  ],
  [
    'has a negative refresh hint',
    async () => numbered({ spiffe_refresh_hint: -1 }),
    'spiffe_refresh_hint is not a whole',
  ],
  ['holds one certificate twice', async () => twice(await keyOf()), 'contains a certificate twice'],
  [
    'has a certificate of a workload',
    async () => jwks(await keyOf({ uris: ['spiffe://east.test/ns/a/sa/b'] })),
    'names spiffe://east.test/ns/a/sa/b',
  ],
  [
    'has a key without certificate',
    async () => jwks({ ...(await keyOf()), x5c: undefined }),
    '0 certificates in x5c, instead of one',
  ],
  ['has a chain', async () => jwks({ ...(await keyOf()), x5c: ['AA==', 'AA=='] }), 'has 2 certificates in x5c'],
  ['has a damaged certificate', async () => jwks({ ...(await keyOf()), x5c: ['AAAA'] }), 'cannot be decoded'],
  [
    'pairs a key with the certificate of another',
    async () => jwks({ ...(await keyOf()), x5c: (await keyOf()).x5c }),
    'a key differs',
  ],
  ['has a certificate that is no CA', async () => jwks(await keyOf({ ca: false })), 'is not a CA'],
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

const x5cOf = (bytes: Buffer): readonly string[] => [bytes.toString('base64')];

/** Each was put before spiffebundle.Parse of go-spiffe 2.8.1, with go-jose 4.1.4 and Go 1.26. */
describe('a bundle that go-spiffe reads', () => {
  test.each<[string, () => Promise<readonly unknown[]>]>([
    ['a JWT key on P-521', async () => [await keyOf(), jwtKey(ec('P-521').publicKey.export({ format: 'jwk' }))]],
    ['an RSA JWT key', async () => [await keyOf(), jwtKey(rsa(2048).publicKey.export({ format: 'jwk' }))]],
    [
      'an Ed25519 JWT key',
      async () => [
        await keyOf(),
        { use: 'jwt-svid', kid: 'a', ...generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }) },
      ],
    ],
    ['a key of another use', async () => [await keyOf(), jwtKey({ use: 'sig', kid: undefined })]],
    ['null where there is nothing', async () => [{ ...(await keyOf()), kid: null, d: null }]],
    ['a kid like no other', async () => [await keyOf(), jwtKey({ kid: '__proto__' }), jwtKey({ kid: 'constructor' })]],
    [
      'line ends in base64',
      async () => {
        const key = await keyOf();
        return [
          { ...key, x: `${key.x?.slice(0, 9)}\n${key.x?.slice(9)}`, x5c: [key.x5c[0]!.replace(/.{64}/g, '$&\r\n')] },
        ];
      },
    ],
    ['a CA with a path length of 0', async () => [await rawKey({ extensions: [basicConstraints(0)] })]],
    [
      'the thumbprint of its certificate',
      async () => {
        const key = await keyOf();
        const print = createHash('sha256').update(Buffer.from(key.x5c[0]!, 'base64')).digest('base64url');
        return [{ ...key, 'x5t#S256': print }];
      },
    ],
  ])('may have %s', async (_, keys) => {
    expect(read(jwks(...(await keys()))).problems).toEqual([]);
  });

  test.each<[string, object, unknown]>([
    ['no refresh hint', {}, HINT],
    ['a refresh hint of null', { spiffe_refresh_hint: null }, HINT],
    ['a refresh hint of zero', { spiffe_refresh_hint: 0 }, HINT],
    ['a refresh hint of its own', { spiffe_refresh_hint: 7 }, 7],
  ])('sets the poll interval if it has %s', async (_, more, hint) => {
    expect(JSON.parse(read(await numbered(more)).bundle?.text ?? '')).toMatchObject({ spiffe_refresh_hint: hint });
  });

  test('may have a sequence of 64 bits, which is omitted instead of rounded', async () => {
    const { bundle, problems } = read(
      `{"keys":[${JSON.stringify(await keyOf())}],"spiffe_sequence":18446744073709551615}`,
    );
    expect([problems, bundle?.text.includes('spiffe_sequence')]).toEqual([[], false]);
  });
});

/** What Flux takes for a variable. */
const VARIABLE = `$\{x}`;

async function rawKey(props: RawCertificateProps): Promise<object> {
  const der = rawCertificate(props);
  return { use: 'x509-svid', ...new X509Certificate(der).publicKey.export({ format: 'jwk' }), x5c: x5cOf(der) };
}

const beside =
  (...keys: readonly unknown[]) =>
  async () =>
    jwks(await keyOf(), ...keys);

describe('a bundle that go-spiffe refuses', () => {
  const withKey = (more: object) => async () => jwks({ ...(await keyOf()), ...more });
  const withX5c = (change: (der: Buffer) => string) => async () => {
    const key = await keyOf();
    return jwks({ ...key, x5c: [change(Buffer.from(key.x5c[0]!, 'base64'))] });
  };

  test.each<[string, () => Promise<string>, string]>([
    ['a JWT key without kid', beside(jwtKey({ kid: undefined })), 'a key for JWT-SVIDs has no kid'],
    ['a JWT key with an empty kid', beside(jwtKey({ kid: '' })), 'a key for JWT-SVIDs has no kid'],
    ['a kid that is a number', beside(jwtKey({ kid: 7 })), 'the kid of a key is not text'],
    ['a JWT key without kty', beside(jwtKey({ kty: undefined })), 'a key has no kty'],
    ['a JWT key of another kty', beside(jwtKey({ kty: 'AKP' })), 'SPIRE does not support keys of the type "AKP"'],
    [
      'a key of another use and kty',
      beside({ use: 'sig', kty: 'AKP' }),
      'SPIRE does not support keys of the type "AKP"',
    ],
    ['a JWT key on secp256k1', beside(jwtKey({ crv: 'secp256k1' })), 'EC on the curve "secp256k1"'],
    ['a JWT key on X25519', beside(jwtKey({ kty: 'OKP', crv: 'X25519' })), 'OKP on the curve "X25519"'],
    [
      'a JWT key beside its curve',
      beside(jwtKey({ y: 'A'.repeat(43) })),
      'the numbers of a key are not valid for its kty',
    ],
    ['a JWT key with a short x', beside(jwtKey({ x: 'AA' })), 'the x of a key is not 32 bytes in base64url'],
    ['an RSA key without e', beside({ use: 'jwt-svid', kid: 'a', kty: 'RSA', n: 'AQAB' }), 'the e of a key'],
    ['junk in x', withKey({ x: `${'A'.repeat(42)}!` }), 'the x of a key is not 32 bytes in base64url'],
    ['padding in y', withKey({ y: `${'A'.repeat(43)}=` }), 'the y of a key is not 32 bytes in base64url'],
    ['a list as x5c of a JWT key', beside(jwtKey({ x5c: 'AAAA' })), 'the x5c of a key is not a list of certificates'],
    ['a number in x5c', withKey({ x5c: [7] }), 'the x5c of a key is not a list of certificates'],
    [
      'a JWT key with the certificate of another',
      async () => jwks(await keyOf(), jwtKey({ x5c: (await keyOf()).x5c })),
      'a key differs',
    ],
    [
      'PEM in x5c',
      withX5c((der) => Buffer.from(new X509Certificate(der).toString()).toString('base64')),
      'cannot be decoded',
    ],
    [
      'bytes after a certificate',
      withX5c((der) => Buffer.concat([der, Buffer.from([0])]).toString('base64')),
      'cannot be decoded',
    ],
    [
      'a length with more bytes than it needs',
      withX5c((der) => Buffer.concat([Buffer.from([0x30, 0x83, 0]), der.subarray(2)]).toString('base64')),
      'cannot be decoded',
    ],
    ['two certificates in one', withX5c((der) => Buffer.concat([der, der]).toString('base64')), 'cannot be decoded'],
    ['base64url in x5c', withX5c((der) => `${der.toString('base64').slice(0, -4)}-_-_`), 'cannot be decoded'],
    ['a blank in x5c', withX5c((der) => `${der.toString('base64')} `), 'cannot be decoded'],
    [
      'the thumbprint of another',
      withKey({ 'x5t#S256': 'A'.repeat(43) }),
      'the x5t#S256 of a key does not match its certificate',
    ],
    ['null among its keys', beside(null), 'an entry of "keys" is not a map'],
    ['a number among its keys', beside(7), 'an entry of "keys" is not a map'],
    ['a list among its keys', beside([]), 'an entry of "keys" is not a map'],
    ['a sequence that is a text', () => numbered({ spiffe_sequence: '1' }), 'spiffe_sequence is not a whole number'],
    ['a sequence with a fraction', () => numbered({ spiffe_sequence: 1.5 }), 'spiffe_sequence is not a whole number'],
    ['a sequence beyond 64 bits', () => numbered({ spiffe_sequence: 1e20 }), 'spiffe_sequence is not a whole number'],
    [
      'a hint that is a text',
      () => numbered({ spiffe_refresh_hint: '60' }),
      'spiffe_refresh_hint is not a whole number',
    ],
  ])('has %s', async (_, text, reason) => {
    const { bundle, problems } = read(await text());
    expect(bundle).toBeUndefined();
    expect(problems).toMatchObject([{ code: 'invalid-bundle', facts: { reason: expect.stringContaining(reason) } }]);
  });
});

describe('a bundle that go-spiffe accepts but SPIRE or Flux does not use as written', () => {
  test.each<[string, () => Promise<string>, string]>([
    ['one kid twice', beside(jwtKey(), jwtKey()), 'two keys for JWT-SVIDs have the kid "a"'],
    ['a kid that Flux replaces', beside(jwtKey({ kid: `a${VARIABLE}` })), 'contains "${"'],
    ['an alg that Flux replaces', beside(jwtKey({ alg: VARIABLE })), 'contains "${"'],
    [
      'a hint of a thousand years',
      () => numbered({ spiffe_refresh_hint: 3.2e10 }),
      'spiffe_refresh_hint is not a whole number',
    ],
    [
      'a CA for code',
      async () => jwks(await rawKey({ extensions: [basicConstraints(), extendedKeyUsages('1.3.6.1.5.5.7.3.3')] })),
      'do not include serverAuth',
    ],
  ])('is refused if it has %s', async (_, text, reason) => {
    expect(read(await text()).problems).toMatchObject([
      { code: 'invalid-bundle', facts: { reason: expect.stringContaining(reason) } },
    ]);
  });
});

test('passes over what is nested a hundred thousand times in a bundle', async () => {
  const deep = `{"keys":[${JSON.stringify(await keyOf())}],"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
  expect(read(deep).problems).toEqual([]);
});

describe('a private key in a bundle', () => {
  const { privateKey } = ec('P-256');
  const secret = privateKey.export({ format: 'jwk' });
  const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();

  test.each<[string, () => Promise<string>]>([
    ['beside its keys', async () => numbered({ signer: secret })],
    ['deep inside of a key', async () => jwks({ ...(await keyOf()), more: [{ jwk: secret }] })],
    ['as a text in a key', async () => jwks({ ...(await keyOf()), note: JSON.stringify(secret) })],
    ['in PEM as a text', async () => jwks({ ...(await keyOf()), note: pem })],
    ['in PEM without line ends', async () => jwks({ ...(await keyOf()), note: pem.replaceAll('\n', ' ') })],
    ['in DER in x5c', async () => jwks({ ...(await keyOf()), x5c: [pkcs8] })],
    ['in base64 of PEM', async () => jwks({ ...(await keyOf()), note: Buffer.from(pem).toString('base64') })],
    ['in the name of a member', async () => numbered({ [pkcs8]: 1 })],
    ['in a file that is incomplete JSON', async () => jwks(secret).slice(0, -3)],
  ])('is refused %s', async (_, text) => {
    expect(read(await text()).problems).toMatchObject([{ code: 'private-key-in-file' }]);
  });
});
