import * as addressFormats from '../../lib/formats/address-formats';
import * as formats from '../../lib/formats/formats';

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const DIGITS = '0123456789';
/** Every character up to U+00FF, and two beyond. */
const CHARACTERS = [...Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)), 'é', '🤯'];

function accepted(format: formats.Format, around: (character: string) => string): string {
  return CHARACTERS.filter((character) => format.check(around(character)) === undefined)
    .sort()
    .join('');
}

const sorted = (text: string): string => [...text].sort().join('');

describe('trust domain', () => {
  test('accepts lower-case letters, digits, dots, dashes and underscores, and no other character', () => {
    expect(accepted(formats.trustDomain, (character) => `trust${character}domain`)).toBe(
      sorted(`${LOWER}${DIGITS}._-`),
    );
  });

  test.each([['trustdomain'], ['192.0.2.1'], ['a'], ['spiffe'], ['under_score.example'], ['d'.repeat(255)]])(
    'accepts %p',
    (text) => {
      expect(formats.trustDomain.check(text)).toBeUndefined();
    },
  );

  test.each([
    ['', 'it is empty'],
    ['d'.repeat(256), 'at most 255'],
    ['spiffe://trustdomain', 'without spiffe://'],
    ['Trustdomain', 'only a-z'],
    ['trustdomain:80', 'only a-z'],
    ['user@trustdomain', 'only a-z'],
    ['trustdomain/path', 'only a-z'],
    ['xn--🤯', 'only a-z'],
    ['trustdomain\n', 'only a-z'],
  ])('fails on %p because "%s"', (text, reason) => {
    expect(formats.trustDomain.check(text)).toContain(reason);
  });
});

describe('SPIFFE ID', () => {
  test('accepts letters, digits, dots, dashes and underscores in a path, and no other character', () => {
    expect(accepted(formats.spiffeId, (character) => `/path${character}segment`)).toBe(
      sorted(`${LOWER}${UPPER}${DIGITS}._-/`),
    );
  });

  test.each([
    ['/path'],
    ['/path/element'],
    ['/ns/default/sa/default'],
    ['/...'],
    ['/a..b'],
    ['/.a/..b'],
    ['spiffe://trustdomain/path'],
    ['spiffe://trustdomain/path/element'],
    ['spiffe://192.0.2.1/9eebccd2-12bf-40a6-b262-65fe0487d453'],
    [`spiffe://${'d'.repeat(255)}/path`],
  ])('accepts %p', (text) => {
    expect(formats.spiffeId.check(text)).toBeUndefined();
  });

  test.each([
    ['', 'neither with "/" nor with "spiffe://"'],
    ['path', 'neither with "/" nor with "spiffe://"'],
    ['http://trustdomain/path', 'neither with "/" nor with "spiffe://"'],
    ['SPIFFE://trustdomain/path', 'neither with "/" nor with "spiffe://"'],
    ['spiffe:/trustdomain/path', 'neither with "/" nor with "spiffe://"'],
    ['spiffe:///path', 'no trust domain'],
    ['spiffe://', 'no trust domain'],
    ['spiffe://trustdomain', 'no path'],
    ['spiffe://Trustdomain/path', 'its trust domain "Trustdomain" is malformed'],
    ['spiffe://trustdomain:80/path', 'its trust domain "trustdomain:80" is malformed'],
    ['spiffe://user:password@trustdomain/path', 'its trust domain "user:password@trustdomain" is malformed'],
    [`spiffe://${'d'.repeat(256)}/path`, 'at most 255'],
    ['/', 'the path is empty'],
    ['spiffe://trustdomain/', 'the path is empty'],
    ['/path/', 'ends with "/"'],
    ['//', 'ends with "/"'],
    ['//path', 'empty segment'],
    ['spiffe://trustdomain//path', 'empty segment'],
    ['spiffe://trustdomain/path//element', 'empty segment'],
    ['/./path', '"." and ".." are not allowed as segments'],
    ['/path/.', '"." and ".." are not allowed as segments'],
    ['spiffe://trustdomain/../path', '"." and ".." are not allowed as segments'],
    ['spiffe://trustdomain/path/..', '"." and ".." are not allowed as segments'],
    ['/path?query', 'segment "path?query"'],
    ['/path#fragment', 'segment "path#fragment"'],
    ['/%5Bpath%5D', 'segment "%5Bpath%5D"'],
    ['/p a t h', 'segment "p a t h"'],
    ['/🤯', 'segment "🤯"'],
    ['/path\n', 'characters other than'],
  ])('fails on %p because of "%s"', (text, reason) => {
    expect(formats.spiffeId.check(text)).toContain(reason);
  });
});

/** Formats of which a few texts on either side of the line tell the rule. */
const TABLE: Readonly<Record<string, { format: formats.Format; fits: readonly string[]; fails: readonly string[] }>> = {
  dnsLabel: {
    format: formats.dnsLabel,
    fits: ['a', '1', 'cluster1', 'a-b', 'a--b', 'a'.repeat(63)],
    fails: ['', '-a', 'a-', 'A', 'a.b', 'a_b', 'a'.repeat(64), 'a\n'],
  },
  shortName: {
    format: formats.shortName,
    fits: ['a', 'a'.repeat(40)],
    fails: ['a'.repeat(41), 'a.b'],
  },
  dnsName: {
    format: formats.dnsName,
    fits: ['a', 'bookinfo.com', 'a-1.b-2', `${'a'.repeat(63)}.b`],
    fails: [
      '',
      'a..b',
      '.a',
      'a.',
      'A.b',
      '-a.b',
      '*.a',
      '192.0.2.1',
      `${'a'.repeat(64)}.b`,
      'a.'.repeat(126).concat('aa'),
    ],
  },
  address: {
    format: addressFormats.address,
    fits: ['192.0.2.1', '2001:db8::1', 'edge.example.org'],
    fails: [
      '192.0.2.256',
      '192.0.a2.1',
      'edge.0x1f',
      '192.0.2',
      'fe80::1%eth0',
      'https://edge.example.org',
      'edge.example.org/path',
      'edge.example.org:8443',
      '',
    ],
  },
  addressRange: {
    format: addressFormats.addressRange,
    fits: [
      '192.0.2.0/24',
      '192.0.2.1/32',
      '192.0.2.1-192.0.2.9',
      '192.0.2.1-192.0.2.1',
      '2001:db8::/64',
      '2001:db8::1-2001:db8::f',
    ],
    fails: [
      '192.0.2.1',
      '192.0.2.0/33',
      '2001:db8::/129',
      '192.0.2.0/',
      '192.0.2.0/24/24',
      '192.0.2.9-192.0.2.1',
      '192.0.2.1-2001:db8::1',
      '192.0.2.1-192.0.2.9-192.0.2.20',
      '192.0.2.1-9',
      'fe80::1%eth0/64',
      'edge.example.org/32',
    ],
  },
  duration: {
    format: formats.duration,
    fits: ['1s', '5m', '168h', '7d', '1h30m', '1d2h3m4s', '0h1m', '36600d'],
    fails: ['', '5', '1.5h', '-1h', '1m1h', '1w', '100ms', '1h ', '1H', '0s', '0d0h', '36601d', '999999d'],
  },
  release: {
    format: formats.release,
    fits: ['1.15.3', '0.0.0', '1.31.40'],
    fails: ['1.15', 'v1.15.3', '1.15.3-rc1', '01.15.3', '1.15.3.4', 'latest', ''],
  },
  kubernetesMinor: {
    format: formats.kubernetesMinor,
    fits: ['1.27', '1.36', '1.9'],
    fails: ['1.36.1', 'v1.36', '1', '2.0', '1.036', ''],
  },
  relativePath: {
    format: formats.relativePath,
    fits: ['trust/east.pem', 'east.pem', './east.pem', 'a..b/c.pem'],
    fails: ['', '/etc/east.pem', '../east.pem', 'trust/../../east.pem', 'C:/east.pem', 'trust\\east.pem'],
  },
  nodePath: {
    format: formats.nodePath,
    fits: ['/var/lib/kubelet', '/var/lib/k0s/kubelet'],
    fails: ['', 'var/lib', '/var/lib/', '/var/../etc', '/a:b'],
  },
  image: {
    format: formats.image,
    fits: [
      'app:1.2.3',
      'registry.example.org/team/app:1.2.3',
      'registry.example.org:5000/app:v1',
      `app@sha256:${'0'.repeat(64)}`,
      `app:1@sha256:${'0'.repeat(64)}`,
    ],
    fails: [
      '',
      'app',
      'registry.example.org:5000/app',
      'app:latest',
      'app:main',
      'app@sha256:0',
      'https://example.org/app:1',
      'App:1',
      'app:1 ',
    ],
  },
  labelKey: {
    format: formats.labelKey,
    fits: ['app', 'app.kubernetes.io/name', 'a_b.c-d'],
    fails: ['', '/app', 'a/', 'a/b/c', 'A.b/c', '-app', 'a'.repeat(64)],
  },
  labelValue: {
    format: formats.labelValue,
    fits: ['v1', 'a_b.c-D', 'a'.repeat(63)],
    fails: ['', '-a', 'a b', 'a'.repeat(64)],
  },
};

describe.each(Object.entries(TABLE))('%s', (_, { format, fits, fails }) => {
  test.each(fits.map((text) => [text]))('accepts %p', (text) => {
    expect(format.check(text)).toBeUndefined();
  });

  test.each(fails.map((text) => [text]))('fails on %p', (text) => {
    expect(format.check(text)).toEqual(expect.any(String));
  });
});

const ALL = Object.entries(formats) as [string, formats.Format][];

test.each(ALL)('accepts its own example (%s)', (_, format) => {
  expect(format.check(format.example)).toBeUndefined();
});

test.each(ALL)('gives editors a pattern that its own example matches (%s)', (_, format) => {
  expect(format.example).toMatch(new RegExp(format.pattern));
});

test.each(Object.entries(TABLE))('gives editors no pattern stricter than the rule (%s)', (_, { format, fits }) => {
  expect(fits.filter((text) => !new RegExp(format.pattern).test(text))).toEqual([]);
});
