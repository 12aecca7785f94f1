import { X509Certificate } from 'node:crypto';
import { fingerprint, trustDomainsOf } from '../../../lib/model/trust/certificates';
import { readRoots } from '../../../lib/model/trust/root-certificates';
import { holdsPrivateKey } from '../../../lib/problems/private-keys';
import { collector } from '../../reported';
import { trialCa } from '../../resolved';
import { NOW } from '../../support';
import { type CertificateProps, certificate } from './certificates';

const PLACE = ['clusters', 'east', 'trust', 'root'];

function read(text: string) {
  const { problems, report } = collector();
  return {
    roots: readRoots({ file: 'root.pem', text, trustDomain: 'east.test', place: { path: PLACE } }, NOW, report),
    problems,
  };
}

test('reads a trial root', async () => {
  const { root } = await trialCa('east.test');
  const { roots, problems } = read(root);
  expect([roots?.map(fingerprint), problems]).toEqual([[new X509Certificate(root).fingerprint256], []]);
});

test('reads all roots of a file, in their order, past comments and Windows line ends', async () => {
  const [one, other] = [await certificate(), await certificate({ key: 'rsa' })];
  const { roots } = read(`old root\n${one}\nnew root\n${other}`.replaceAll('\n', '\r\n'));
  expect(roots?.map(({ publicKey }) => publicKey.asymmetricKeyType)).toEqual(['ec', 'rsa']);
});

test.each<[string, CertificateProps]>([
  ['names no trust domain, like that of any company', {}],
  ['names this trust domain', { uris: ['spiffe://east.test'] }],
  ['ends a day after now', { until: 1 }],
])('accepts a root that %s', async (_, props) => {
  expect(read(await certificate(props)).problems).toEqual([]);
});

test.each<[string, CertificateProps, string]>([
  ['is no CA', { ca: false }, 'root-not-ca'],
  ['another key signed', { foreignSigner: true }, 'root-not-ca'],
  ['has ended', { until: -0.5 }, 'root-expired'],
  ['ends this very moment', { until: 0 }, 'root-expired'],
  ['has not begun', { from: 0.5 }, 'root-not-yet-valid'],
  ['has a key that SPIRE does not take', { key: 'ed25519' }, 'invalid-root'],
  ['names another trust domain', { uris: ['spiffe://west.test'] }, 'foreign-root'],
  ['names another trust domain as well', { uris: ['spiffe://east.test', 'spiffe://west.test'] }, 'foreign-root'],
])('fails on a certificate that %s', async (_, props, code) => {
  const { roots, problems } = read(await certificate(props));
  expect(roots).toBeUndefined();
  expect(problems).toMatchObject([{ code, place: { path: PLACE } }]);
});

test('fails on an intermediate, even under a root that would be fit', async () => {
  expect(read((await trialCa('east.test')).intermediate).problems).toMatchObject([
    { code: 'root-not-ca', facts: { flaw: 'signed-by-another', issuer: 'O=SPIFFE, CN=root east.test' } },
  ]);
});

test.each<[string, CertificateProps]>([
  ['no-ca', { ca: false }],
  ['not-signed-by-itself', { foreignSigner: true }],
])('tells that a certificate is no root, since it is %s', async (flaw, props) => {
  expect(read(await certificate(props)).problems).toMatchObject([{ facts: { flaw } }]);
});

test('fails on one unfit root among fit ones', async () => {
  const { roots, problems } = read(`${await certificate()}${await certificate({ until: -0.5 })}`);
  expect([roots, problems.length]).toEqual([undefined, 1]);
});

test.each([
  ['holds nothing', '', 'it contains no certificate'],
  [
    'holds something else',
    '-----BEGIN PUBLIC KEY-----\nAA==\n-----END PUBLIC KEY-----\n',
    'it contains no certificate',
  ],
  [
    'is damaged',
    '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
    'a certificate in it cannot be decoded',
  ],
])('fails on a file that %s', (_, text, reason) => {
  expect(read(text).problems).toMatchObject([{ code: 'invalid-root', facts: { reason } }]);
});

test('fails on a private key next to the certificate, with this problem only', async () => {
  const { root, rootKey } = await trialCa('east.test');
  expect(read(`${root}${rootKey}`).problems).toMatchObject([{ code: 'private-key-in-file' }]);
});

test.each([
  ['PRIVATE KEY'],
  ['RSA PRIVATE KEY'],
  ['EC PRIVATE KEY'],
  ['ENCRYPTED PRIVATE KEY'],
  ['OPENSSH PRIVATE KEY'],
])('recognizes a block of %s', (label) => {
  expect(holdsPrivateKey(`text\n-----BEGIN ${label}-----\nAA==`)).toBe(true);
});

test('does not report public material as a private key', async () => {
  expect(holdsPrivateKey(`${await certificate()}-----BEGIN PUBLIC KEY-----\n`)).toBe(false);
});

test('finds trust domains in SPIFFE URIs alone', async () => {
  const pem = await certificate({ uris: ['https://example.org/spiffe', 'spiffe://east.test/spire/server'] });
  expect(trustDomainsOf(new X509Certificate(pem))).toEqual(['east.test']);
});
