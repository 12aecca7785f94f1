import { bundleEndpointUrl, pathOf } from '../../lib/formats/url-formats';

/** Where the second differs from the first, it is what Go 1.26 prints of `url.Parse(text)`, with the host in lower case. */
test.each([
  ['https://bank.test/', 'https://bank.test/'],
  ['https://bank.test', 'https://bank.test'],
  ['HTTPS://Bank.Test/', 'https://bank.test/'],
  ['https://bank.test:8443/', 'https://bank.test:8443/'],
  ['https://bank.test:/', 'https://bank.test/'],
  ['https://bank.test:0443/', 'https://bank.test:443/'],
  ['https://[2001:DB8::1]:8443/', 'https://[2001:db8::1]:8443/'],
  ['https://[::ffff:10.2.0.1]/', 'https://10.2.0.1/'],
  ['https://bücher.test/', 'https://xn--bcher-kva.test/'],
  ['https://bank_1.test/', 'https://bank_1.test/'],
  ['https://bank.test/spiffe/bundle.json', 'https://bank.test/spiffe/bundle.json'],
  ['https://bank.test/a b', 'https://bank.test/a%20b'],
  ['https://bank.test/ü', 'https://bank.test/%C3%BC'],
  ['https://bank.test/{x}', 'https://bank.test/%7Bx%7D'],
  ['https://bank.test/a%2Fb', 'https://bank.test/a%2Fb'],
  ['https://bank.test/[x];y', 'https://bank.test/[x];y'],
  ['https://bank.test/?a=b', 'https://bank.test/?a=b'],
  ['https://bank.test/#x', 'https://bank.test/#x'],
])('reads %s and writes %s', (text, canonical) => {
  expect(bundleEndpointUrl.check(text)).toBeUndefined();
  expect(bundleEndpointUrl.canonical?.(text)).toBe(canonical);
  expect(bundleEndpointUrl.canonical?.(canonical)).toBe(canonical);
});

test.each([
  ['http://bank.test/', 'over https only'],
  ['bank.test', 'cannot be parsed as a URL'],
  ['//bank.test/', 'cannot be parsed as a URL'],
  ['https:bank.test', 'cannot be parsed as a URL'],
  ['https:/bank.test/', 'cannot be parsed as a URL'],
  ['https:///bank.test/', 'no host'],
  ['https://', 'no host'],
  ['https://:8443/', 'host or port is malformed'],
  ['https://@bank.test/', 'user information'],
  ['https://a:b@bank.test/', 'user information'],
  ['https://ba\nnk.test/', 'line break'],
  ['https://bank.test/\t', 'line break'],
  ['https://bank.test/\u007f', 'line break'],
  ['https://bank.test/\ud800', 'line break'],
  ['https://bank.test:0/', 'port'],
  ['https://bank.test:99999/', 'port'],
  ['https://bank.test:x/', 'port'],
  ['https://bank.test:80:80/', 'port'],
  ['https://2001:db8::1/', 'port'],
  ['https://[2001:db8::1/', 'port'],
  ['https://[bank.test]/', 'brackets'],
  ['https://[fe80::1%25en0]/', 'zone'],
  ['https://[::1]/', 'other machines cannot'],
  ['https://127.0.0.1:8443/', 'other machines cannot'],
  ['https://localhost:8443/', 'loopback'],
  ['https://ba nk.test/', 'not a DNS name'],
  ['https://bank%2etest/', 'zone'],
  ['https://b\\ank.test/', 'not a DNS name'],
  ['https://*.bank.test/', 'not a DNS name'],
  ['https://bank.test/%zz', 'hexadecimal'],
  ['https://0x7f.1/', 'IPv4'],
])('refuses %j because of "%s"', (text, reason) => {
  expect(bundleEndpointUrl.check(text)).toContain(reason);
});

test('tells the path of a URL', () => {
  expect(['https://a.test', 'https://a.test/', 'https://a.test/b?c#d', 'https://a.test?c'].map(pathOf)).toEqual([
    '',
    '/',
    '/b',
    '',
  ]);
});
