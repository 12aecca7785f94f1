import { RemoteHost } from '../../lib/istio/remote-host';
import type { ResolvedRemoteCall } from '../../lib/model/resolved-fleet';
import { find, objectsOf } from '../manifests';
import { clustersOf, PAIR } from '../resolved';

const CALL: ResolvedRemoteCall = {
  name: 'shop',
  called: 'shop',
  namespace: 'n',
  host: 'shop.test',
  gatewayAddress: '192.0.2.1',
  gatewayPort: 8443,
  http2: true,
  serverSpiffeId: 'spiffe://west.test/ns/istio-system/sa/gateway',
};

const objectsFor = (call: Partial<ResolvedRemoteCall> = {}) =>
  objectsOf((scope) => new RemoteHost(scope, 'host', { ...CALL, ...call }));

test.each([
  ['192.0.2.1', 'STATIC'],
  ['2001:db8::1', 'STATIC'],
  ['edge.example.org', 'DNS'],
])('finds the gateway at %s by %s', (gatewayAddress, resolution) => {
  expect(find(objectsFor({ gatewayAddress }), 'ServiceEntry').spec).toMatchObject({
    resolution,
    endpoints: [{ address: gatewayAddress }],
  });
});

test('accepts plain HTTP at port 80 and sends it to the port of the gateway', () => {
  expect(find(objectsFor(), 'ServiceEntry').spec).toMatchObject({
    hosts: ['shop.test'],
    ports: [{ number: 80, protocol: 'HTTP', targetPort: 8443 }],
  });
});

test('insists on one SPIFFE ID at the far end', () => {
  expect(find(objectsFor(), 'DestinationRule').spec).toMatchObject({
    host: 'shop.test',
    trafficPolicy: {
      tls: { mode: 'ISTIO_MUTUAL', sni: 'shop.test', subjectAltNames: [CALL.serverSpiffeId] },
    },
  });
});

test.each(['ServiceEntry', 'DestinationRule'])('shows its %s to the namespace of the callers alone', (kind) => {
  const object = find(objectsFor(), kind);
  expect(object.metadata.namespace).toBe('n');
  expect(object.spec).toMatchObject({ exportTo: ['.'] });
});

test.each([
  [
    "the gateway's where it serves its SVID",
    '',
    'spiffe://west.test/ns/istio-system/sa/istio-ingressgateway-service-account',
  ],
  [
    "the certificate's where the person brings one",
    ', credential: { secret: s, spiffeId: /bookinfo }',
    'spiffe://west.test/bookinfo',
  ],
])('insists on the SPIFFE ID of %s', async (_, credential, spiffeId) => {
  const { east } = await clustersOf(PAIR.replace('host: bookinfo.test', `host: bookinfo.test${credential}`));
  const [call] = east?.remoteCalls ?? [];
  expect(
    find(
      objectsOf((scope) => new RemoteHost(scope, 'host', call!)),
      'DestinationRule',
    ).spec,
  ).toMatchObject({
    trafficPolicy: { tls: { subjectAltNames: [spiffeId] } },
  });
});

test("speaks HTTP/2 to gateways of the fleet alone, since a partner's may not know it", () => {
  const policyOf = (http2: boolean) =>
    (find(objectsFor({ http2 }), 'DestinationRule').spec as { trafficPolicy: object }).trafficPolicy;
  expect(policyOf(true)).toHaveProperty('connectionPool.http.h2UpgradePolicy', 'UPGRADE');
  expect(policyOf(false)).not.toHaveProperty('connectionPool');
});
