import { purposeOf } from '../../lib/pages/secret-purpose';

test('says of a certificate of the web which address it is for', () => {
  expect(purposeOf({ kind: 'web-certificate', address: 'spire.east.example' })).toContain('for `spire.east.example`');
});

test('names each host of a gateway with the SPIFFE ID that its certificate needs', () => {
  const hosts = [
    { host: 'a.example', spiffeId: 'spiffe://a/one' },
    { host: 'b.example', spiffeId: 'spiffe://b/two' },
  ];
  expect(purposeOf({ kind: 'gateway-certificate', hosts })).toContain(
    'a.example by a certificate with the URI SAN spiffe://a/one and b.example by a certificate with the URI SAN spiffe://b/two,',
  );
});

test('leaves the words of a plugin as they are', () => {
  expect(purposeOf({ kind: 'worded', purpose: 'password of the database' })).toBe('password of the database');
});
