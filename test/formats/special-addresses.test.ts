import { specialBlockOf, whyUnreachable } from '../../lib/formats/special-addresses';

test.each([
  ...['0.0.0.0', '0.1.2.3', '127.0.0.1', '127.8.8.8', '169.254.0.1', '224.0.0.1', '239.255.255.255', '240.0.0.1'],
  ...[
    '255.255.255.255',
    '::',
    '0:0:0:0:0:0:0:0',
    '::1',
    '0:0::0:1',
    '::10.2.0.1',
    '100::1',
    'fe80::1',
    'febf::1',
    'ff02::1',
  ],
  ...['::ffff:127.0.0.1', '::ffff:0:0', '::FFFF:e000:1'],
])('reports %s as unreachable for other machines', (address) => {
  expect(whyUnreachable(address)).toContain('other machines cannot reach it');
});

test.each([
  '10.2.0.1',
  '100.64.0.1',
  '192.0.2.1',
  '223.255.255.255',
  '2001:db8::1',
  'fd00::1',
  'fec0::1',
  '64:ff9b::a02:1',
])('accepts %s as reachable', (address) => {
  expect(whyUnreachable(address)).toBeUndefined();
});

/** IANA's registry, one address of each block at its edge. */
test.each([
  ['172.31.255.255', 'private', true],
  ['172.32.0.0', undefined, undefined],
  ['100.127.255.255', 'carrier-grade NAT', true],
  ['198.19.255.255', 'reserved', true],
  ['::ffff:10.2.0.1', 'private', true],
  ['::1', 'loopback', false],
  ['0.0.0.0', 'unspecified', false],
  ['255.255.255.255', 'reserved', false],
  ['192.0.2.10', undefined, undefined],
])('puts %s into the block %s, reachable: %s', (ip, kind, reachable) => {
  const block = specialBlockOf(ip);
  expect([block?.kind, block?.reachable]).toEqual([kind, reachable]);
});
