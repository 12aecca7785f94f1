import { address, addressRange } from '../../lib/formats/address-formats';

test.each(['localhost', 'spire.localhost', '*', '*.example.org', '::', '127.1.2.3', 'fe80::1', '::ffff:127.0.0.1'])(
  'refuses the address %s, at which no peer reaches anything',
  (text) => {
    expect(address.check(text)).toBeDefined();
  },
);

test.each(['localhost.example.org', 'mylocalhost', 'spire', 'proxy.infra.svc', '192.0.2.1'])(
  'takes the address %s',
  (text) => {
    expect(address.check(text)).toBeUndefined();
  },
);

test.each([
  ['2001:DB8::/32', '2001:db8::/32'],
  ['2001:DB8::1-2001:DB8::F', '2001:db8::1-2001:db8::f'],
  ['::ffff:10.0.0.0/112', '10.0.0.0/16'],
  ['::ffff:10.0.0.1-::ffff:10.0.0.9', '10.0.0.1-10.0.0.9'],
  ['::ffff:0:0/64', '::ffff:0:0/64'],
  ['10.0.0.7/24', '10.0.0.7/24'],
])('writes the range %s as %s', (written, canonical) => {
  expect(addressRange.check(written)).toBeUndefined();
  expect(addressRange.canonical?.(written)).toBe(canonical);
});
