import { codesOf } from '../../reported';
import { lone, loneCluster, resolveText } from '../../resolved';

const endpointOf = async (keys: string) => (await loneCluster(`bundleEndpoint: { ${keys} }`)).bundleEndpoint;

test('exposes the endpoint by a load balancer at 8443 and proves itself by its SVID, unless told otherwise', async () => {
  expect(await endpointOf('address: 192.0.2.1')).toMatchObject({
    url: 'https://192.0.2.1:8443/',
    exposure: { name: 'LoadBalancer' },
    profile: 'https_spiffe',
    refreshHint: 300,
  });
});

test.each([
  ['address: edge.test, port: 443', 'https://edge.test:443/'],
  ['address: "2001:db8::1"', 'https://[2001:db8::1]:8443/'],
  ['address: 192.0.2.1, port: 30843, expose: NodePort', 'https://192.0.2.1:30843/'],
])('makes of { %s } the URL %s, with the one path that a server answers', async (keys, url) => {
  expect((await endpointOf(keys))?.url).toBe(url);
});

test('is absent on a cluster that names none', async () => {
  expect((await loneCluster()).bundleEndpoint).toBeUndefined();
});

test('sets the poll interval of peers from the fleet', async () => {
  expect((await endpointOf('address: 192.0.2.1, refreshHint: 1h30m'))?.refreshHint).toBe(5400);
});

test.each([
  ['a node port that is not given', 'address: a.test, expose: NodePort', 'missing-key'],
  ['a node port below the range', 'address: a.test, expose: NodePort, port: 29999', 'out-of-range'],
  ['a node port above the range', 'address: a.test, expose: NodePort, port: 32768', 'out-of-range'],
  ['https_web without certificate', 'address: a.test, profile: https_web', 'missing-key'],
  ['a web certificate for https_spiffe', 'address: a.test, webCertificate: web', 'not-applicable'],
])('fails on %s', async (_, keys, code) => {
  const { problems } = await resolveText(lone(`bundleEndpoint: { ${keys} }`));
  expect(codesOf(problems)).toEqual([code]);
});
