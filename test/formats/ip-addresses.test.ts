import { canonicalIp } from '../../lib/formats/ip-addresses';

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
])('writes %s as %s', (text, canonical) => {
  expect(canonicalIp(text)).toBe(canonical);
});
