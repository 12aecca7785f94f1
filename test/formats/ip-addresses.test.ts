import { canonicalIp, whyUnreachable } from '../../lib/formats/ip-addresses';

/** What Go prints of `netip.ParseAddr(text).Unmap()`, from a run of Go 1.26. */
test.each([
  ['10.2.0.1', '10.2.0.1'],
  ['::ffff:10.2.0.1', '10.2.0.1'],
  ['::FFFF:a02:1', '10.2.0.1'],
  ['0:0:0:0:0:ffff:a02:0001', '10.2.0.1'],
  ['2001:DB8::1', '2001:db8::1'],
  ['2001:0db8:0000:0000:0000:0000:0000:0001', '2001:db8::1'],
  ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
  ['1:0:0:2:0:0:3:4', '1::2:0:0:3:4'],
  ['64:ff9b::10.2.0.1', '64:ff9b::a02:1'],
  ['edge.example.org', 'edge.example.org'],
  ['fe80::1%eth0', 'fe80::1%eth0'],
])('writes %s as %s (issue 14)', (text, canonical) => {
  expect(canonicalIp(text)).toBe(canonical);
});

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
])('knows that no other machine is reached by %s (issue 14)', (address) => {
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
])('knows that %s can be reached', (address) => {
  expect(whyUnreachable(address)).toBeUndefined();
});
