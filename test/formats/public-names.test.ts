import { whyNotPublic } from '../../lib/formats/public-names';

test.each([
  '10.0.0.1',
  '172.31.255.255',
  '192.168.10.10',
  '100.64.0.1',
  '127.0.0.1',
  '169.254.1.1',
  '198.19.0.1',
  '240.0.0.1',
  '::1',
  'fd00::1',
  'fe80::1',
  'spire',
  'spire.west.corp.internal',
  'spire.corp.internal.',
  'SPIRE.LOCAL',
  'spire-server.spire.svc.cluster.local',
  'spire.home.arpa',
  'spire.lan',
])('returns why no public CA certifies %s', (host) => {
  expect(whyNotPublic(host)).toBeDefined();
});

test.each([
  '8.8.8.8',
  '172.32.0.1',
  '100.128.0.1',
  '192.169.0.1',
  '2606:4700::1111',
  '192.0.2.10',
  'spire.example.org',
  'spire.internal.example.com',
  'local.example.com',
  'spire.test.de',
  'spire.east.test',
])('accepts that a public CA certifies %s', (host) => {
  expect(whyNotPublic(host)).toBeUndefined();
});

test.each([
  ['10.0.0.1', 'a private address'],
  ['0.0.0.0', 'an unspecified address'],
  ['::ffff:192.168.0.1', 'a private address'],
])('says of %s that it is %s', (host, what) => {
  expect(whyNotPublic(host)).toBe(what);
});
