import { readMinted, spiffeIdOf } from './spire-server';

const BLOCK = (kind: string): string => `-----BEGIN ${kind}-----\nAAAA\n-----END ${kind}-----\n`;

test('separates the chain and the key of a minted SVID, and ignores the roots', () => {
  const text = `X509-SVID:\n${BLOCK('CERTIFICATE')}${BLOCK('CERTIFICATE')}\nPrivate key:\n${BLOCK('PRIVATE KEY')}\nRoot CAs:\n${BLOCK('CERTIFICATE')}`;
  const { certificates, key } = readMinted(text);
  expect(certificates.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
  expect(key.startsWith('-----BEGIN PRIVATE ')).toBe(true);
});

test('fails when no SVID was minted', () => {
  expect(() => readMinted('Error: invalid SPIFFE ID')).toThrow('no SVID was minted');
});

test('joins a trust domain and a path to a SPIFFE ID', () => {
  expect(spiffeIdOf({ trust_domain: 'east.test', path: '/a' })).toBe('spiffe://east.test/a');
});
