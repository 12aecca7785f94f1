import { route, workloadHost } from '../../lib/formats/workload-formats';

test.each(['bookinfo.com', 'a-1.b-2.example', 'shop.svc.example.org', 'xn--bcher-kva.example.org', 'a.b.c.d.example'])(
  'takes the host %s',
  (host) => {
    expect(workloadHost.check(host)).toBeUndefined();
  },
);

test.each([
  ['bookinfo', 'without a dot'],
  ['shop.default.svc', 'name of a Service'],
  ['shop.default.svc.cluster.local', 'name of a Service'],
  ['shop.default.svc.clusterset.local', 'name of a Service'],
  ['shop.localhost', 'loopback'],
  ['eu--shop.example.org', 'third and fourth'],
  ['r3---sn.example.org', 'third and fourth'],
  ['xn--zzzzzz.example.org', 'punycode'],
  ['192.0.2.1', 'IP address'],
  ['*.example.org', 'only a-z'],
])('refuses the host %s because of "%s"', (host, reason) => {
  expect(workloadHost.check(host)).toContain(reason);
});

test.each([
  ...['/', '/*', '/productpage', '/static*', '/api/v1/*', '/a/', '/a/.*', '/a/..*', '/.well-known/x', '/a..b', '/...'],
  ...["/$x;v=1,2:3@(!)&'+~_-", '/caf%C3%A9', '/a%20b', '/a[0]', '/a%3Fb'],
])('accepts the route %s', (path) => {
  expect(route.check(path)).toBeUndefined();
});

test.each([
  ['', 'does not begin'],
  ['static', 'does not begin'],
  ['*', 'does not begin'],
  ['/a*b', 'only at its end'],
  ['/a**', 'only at its end'],
  ['/a?b', 'query'],
  ['/a#b', 'query'],
  ['/a b', 'percent-encode'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Flux
  ['/${x}', 'percent-encode'],
  ['/a\u0000', 'percent-encode'],
  ['/a\nb', 'percent-encode'],
  ['/é', 'percent-encode'],
  ['/a\\b', 'percent-encode'],
  ['/a%00', 'NUL'],
  ['/a%2Fb', '"/"'],
  ['/a%5cb', '"/"'],
  ['/a%2e%2e/b', '"."'],
  ['/%41', '"A"'],
  ['/a%2', 'hexadecimal'],
  ['/a%zz', 'hexadecimal'],
  ['//', '"//"'],
  ['//*', '"//"'],
  ['/a//b', '"//"'],
  ['/./a', '".."'],
  ['/a/..', '".."'],
  ['/a/../b*', '".."'],
  ['/a/./*', '".."'],
])('refuses the route %j because of %s', (path, reason) => {
  expect(route.check(path)).toContain(reason);
});
