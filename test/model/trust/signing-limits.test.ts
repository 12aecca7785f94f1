import { X509Certificate } from 'node:crypto';
import { readRoots } from '../../../lib/model/trust/root-certificates';
import { signingFlawOf } from '../../../lib/model/trust/signing-limits';
import { codesOf, collector } from '../../reported';
import { NOW } from '../../support';
import {
  basicConstraints,
  compressed,
  der,
  directory,
  dns,
  ec,
  extendedKeyUsages,
  extension,
  type KeyPair,
  keyUsage,
  nameConstraints,
  oid,
  type RawCertificateProps,
  rawCertificate,
  rawPem,
  rsa,
  sequence,
  uri,
} from './raw-certificate';

const CLIENT = '1.3.6.1.5.5.7.3.2';
const SERVER = '1.3.6.1.5.5.7.3.1';
const CODE_SIGNING = '1.3.6.1.5.5.7.3.3';
const ANY = '2.5.29.37.0';

const ca = (...extensions: readonly Buffer[]): RawCertificateProps => ({
  extensions: [basicConstraints(), ...extensions],
});

const NAMES = { trustDomain: 'east.test', dnsNames: ['shop.example'] };

const compressedKey = (): RawCertificateProps => {
  const key = ec('P-256');
  return { key, publicKey: compressed(key) };
};

const flawOf = (props: RawCertificateProps): string | undefined =>
  signingFlawOf(new X509Certificate(rawCertificate(props)), NAMES)?.flaw;

/**
 * Go 1.26 made the same roots, with an intermediate, a server CA and an SVID below, and held them against go-spiffe 2.8.1, the
 * verification of UpstreamAuthority disk of SPIRE 1.15.3, a TLS server of Go, and the bundle of go-jose 4.1.4. What BoringSSL
 * alone refuses is known from its source: x509/v3_purp.cc X509_supported_extension, x509/v3_ncons.cc nc_uri and nc_dn.
 */
describe('a root that every verifier accepts', () => {
  test.each<[string, () => RawCertificateProps]>([
    ['has a key on P-256', () => ({ key: ec('P-256') })],
    ['has a key on P-384', () => ({ key: ec('P-384') })],
    ['has a key on P-521', () => ({ key: ec('P-521') })],
    ['has an RSA key of 2048 bits', () => ({ key: rsa(2048) })],
    ['serves any purpose', () => ca(extendedKeyUsages(ANY))],
    ['serves clients and servers', () => ca(extendedKeyUsages(CLIENT, SERVER))],
    ['signs certificates alone', () => ca(keyUsage(0b100))],
    ['permits the trust domain', () => ca(nameConstraints({ permitted: [uri('west.test'), uri('East.test')] }))],
    ['excludes another trust domain', () => ca(nameConstraints({ excluded: [uri('west.test')] }))],
    ['excludes what is below the trust domain', () => ca(nameConstraints({ excluded: [uri('.east.test')] }))],
    ['permits the hosts of workloads', () => ca(nameConstraints({ permitted: [dns('example')] }))],
    ['excludes hosts that no workload has', () => ca(nameConstraints({ excluded: [dns('.shop.example')] }))],
    [
      'excludes directory names, not critical',
      () => ca(nameConstraints({ excluded: [directory('x')], critical: false })),
    ],
    ['has an unknown extension that is not critical', () => ca(extension('1.2.3.4', der(0x05), false))],
    ['requires policies', () => ca(extension('2.5.29.36', sequence(der(0x80, '\0'))))],
    ['inhibits any policy', () => ca(extension('2.5.29.54', der(0x02, '\0')))],
    ['has critical policies', () => ca(extension('2.5.29.32', sequence(sequence(oid('1.2.3')))))],
    ['has the serial number zero', () => ({ serial: [0] })],
  ])('%s', (_, props) => {
    expect(flawOf(props())).toBeUndefined();
  });
});

describe('a root that some verifier refuses', () => {
  test.each<[string, () => RawCertificateProps, string]>([
    ['has a key on P-224', () => ({ key: ec('secp224r1') }), 'its key is on the curve P-224'],
    ['has a key on secp256k1', () => ({ key: ec('secp256k1') }), 'its key is on the curve secp256k1'],
    ['has a key on brainpool', () => ({ key: ec('brainpoolP256r1') }), 'its key is on the curve brainpoolP256r1'],
    [
      'spells its curve out',
      () => ({ key: ec('P-256', 'explicit') }),
      'its key is on a curve with explicit parameters',
    ],
    ['has a compressed point', () => compressedKey(), 'its key is a compressed point'],
    ['has an RSA key of 1024 bits', () => ({ key: rsa(1024) }), 'its RSA key has 1024 bits'],
    ['has an RSA key of 2047 bits', () => ({ key: rsa(2047) }), 'its RSA key has 2047 bits'],
    ['signs code', () => ca(extendedKeyUsages(CODE_SIGNING)), 'do not include serverAuth and clientAuth'],
    ['serves servers alone', () => ca(extendedKeyUsages(SERVER)), 'do not include clientAuth'],
    ['serves clients alone', () => ca(extendedKeyUsages(CLIENT)), 'do not include serverAuth'],
    [
      'excludes the trust domain',
      () => ca(nameConstraints({ excluded: [uri('east.test')] })),
      'exclude spiffe://east.test',
    ],
    ['excludes what is above', () => ca(nameConstraints({ excluded: [uri('test')] })), 'contain "test"'],
    [
      'permits another one',
      () => ca(nameConstraints({ permitted: [uri('west.test')] })),
      'do not permit spiffe://east.test',
    ],
    ['permits what is below alone', () => ca(nameConstraints({ permitted: [uri('.east.test')] })), 'do not permit'],
    [
      'permits others, not critical',
      () => ca(nameConstraints({ permitted: [uri('west.test')], critical: false })),
      'do not permit',
    ],
    [
      'permits other hosts',
      () => ca(nameConstraints({ permitted: [dns('example.org')] })),
      'do not permit shop.example',
    ],
    [
      'excludes the hosts of workloads',
      () => ca(nameConstraints({ excluded: [dns('example')] })),
      'exclude shop.example',
    ],
    [
      'constrains directory names',
      () => ca(nameConstraints({ excluded: [directory('x')] })),
      'extension nameConstraints is critical',
    ],
    [
      'permits directory names',
      () => ca(nameConstraints({ permitted: [directory('x')], critical: false })),
      'permit only directory names',
    ],
    ['has an unknown critical extension', () => ca(extension('1.2.3.4', der(0x05))), 'extension 1.2.3.4 is critical'],
    ['has a critical issuerAltName', () => ca(extension('2.5.29.18', sequence(uri('a')))), 'issuerAltName is critical'],
    [
      'has a critical nsCertType',
      () => ca(extension('2.16.840.1.113730.1.1', der(0x03, '\0\x07'))),
      'nsCertType is critical',
    ],
    [
      'has critical CRL distribution points',
      () => ca(extension('2.5.29.31', sequence())),
      'cRLDistributionPoints is critical',
    ],
    [
      'has a critical key identifier',
      () => ca(extension('2.5.29.14', der(0x04, 'abcd'))),
      'subjectKeyIdentifier is critical',
    ],
    [
      'is named by a number alone',
      () => ca(extension('2.5.29.17', sequence(der(0x88, '\x01')))),
      'subjectAltName is critical',
    ],
    [
      'has an extension twice',
      () => ca(extension('1.2.3.4', der(0x05), false), extension('1.2.3.4', der(0x05), false)),
      'the extension 1.2.3.4 twice',
    ],
    ['has a negative serial number', () => ({ serial: [0x80] }), 'its serial number is negative'],
  ])('%s', (_, props, flaw) => {
    expect(flawOf(props())).toContain(flaw);
  });
});

function problemsOf(props: RawCertificateProps, text = rawPem(props)) {
  const { problems, report } = collector();
  readRoots({ file: 'root.pem', text, trustDomain: 'east.test', place: { path: [] } }, NOW, report);
  return problems;
}

describe('the signature of a root', () => {
  const key: KeyPair = rsa(2048);

  test.each<[string, string, string]>([
    ['sha1', '1.2.840.113549.1.1.5', 'SHA-1'],
    ['md5', '1.2.840.113549.1.1.4', 'MD5'],
    ['sha224', '1.2.840.113549.1.1.14', 'SHA-224'],
  ])('is reported once, and can be waived, where it is %s', (hash, signature, algorithm) => {
    expect(problemsOf({ key, hash, signature })).toMatchObject([{ code: 'root-signed-weakly', facts: { algorithm } }]);
  });

  test.each<[string, string]>([
    ['sha256', '1.2.840.113549.1.1.11'],
    ['sha384', '1.2.840.113549.1.1.12'],
    ['sha512', '1.2.840.113549.1.1.13'],
  ])('is no matter where it is %s', (hash, signature) => {
    expect(problemsOf({ key, hash, signature })).toEqual([]);
  });
});

test('fails on a curve of no bundle in place of an internal error', () => {
  expect(codesOf(problemsOf({ key: ec('brainpoolP384r1') }))).toEqual(['root-cannot-sign']);
});

test('fails on a file with the same certificate twice, and does not treat it as a rotation', () => {
  const pem = rawPem();
  expect(codesOf(problemsOf({}, `${pem}${rawPem()}${pem}`))).toEqual(['root-twice']);
});

test('treats a root and its renewed certificate as two roots', () => {
  const key = ec('P-256');
  expect(problemsOf({}, `${rawPem({ key })}${rawPem({ key, serial: [2] })}`)).toEqual([]);
});
