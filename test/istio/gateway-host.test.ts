import { GatewayHost } from '../../lib/istio/gateway-host';
import { gatewayService } from '../../lib/istio/istio-settings';
import { find, type Manifest, objectsOf } from '../manifests';
import { clustersOf, inMesh, PAIR } from '../resolved';

/** The objects of bookinfo's host, with what the workload says beside. */
async function hostOf(keys = ''): Promise<readonly Manifest[]> {
  const { west } = await clustersOf(PAIR.replace('host: bookinfo.test', `host: bookinfo.test, ${keys}`));
  const [host] = west?.gateway?.hosts ?? [];
  return objectsOf((scope) => new GatewayHost(scope, 'host', host!));
}

interface GatewaySpec {
  readonly servers: readonly { readonly port: { readonly number: number }; readonly tls: object }[];
}

const serverOf = (objects: readonly Manifest[]) => (find(objects, 'Gateway').spec as GatewaySpec).servers[0];

test("serves the gateway's SVID to exactly the callers, by their SPIFFE IDs", async () => {
  expect(serverOf(await hostOf())).toMatchObject({ hosts: ['./bookinfo.test'] });
  expect(serverOf(await hostOf())?.tls).toEqual({
    mode: 'ISTIO_MUTUAL',
    subjectAltNames: ['spiffe://east.test/greeter'],
  });
});

test("serves the person's own certificate where there is one, to the same callers", async () => {
  expect(serverOf(await hostOf('credential: { secret: bookinfo-credential }'))?.tls).toEqual({
    mode: 'MUTUAL',
    credentialName: 'bookinfo-credential',
    subjectAltNames: ['spiffe://east.test/greeter'],
  });
});

test("listens on a port of the gateway's Service", async () => {
  const { west } = await clustersOf(PAIR);
  expect(gatewayService(inMesh(west))?.ports.map(({ port }) => port)).toContain(serverOf(await hostOf())?.port.number);
});

const OWN_GATEWAY = { istio: 'ingressgateway', 'spiffe.io/spire-managed-identity': 'istio-ingressgateway' };

test("binds to the fleet's own gateway, not to others that carry Istio's usual label", async () => {
  expect((find(await hostOf(), 'Gateway').spec as { selector: unknown }).selector).toEqual(OWN_GATEWAY);
});

test('admits the callers to this host, with or without port, and to no other', async () => {
  const policy = find(await hostOf(), 'AuthorizationPolicy');
  expect(policy.metadata).toMatchObject({ name: 'host-bookinfo', namespace: 'istio-system' });
  expect(policy.spec).toMatchObject({
    action: 'ALLOW',
    selector: { matchLabels: OWN_GATEWAY },
    rules: [
      {
        from: [{ source: { principals: ['east.test/greeter'] } }],
        to: [{ operation: { hosts: ['bookinfo.test', 'bookinfo.test:*'] } }],
      },
    ],
  });
});

test("leads the walkthrough's paths to productpage", async () => {
  const service = find(await hostOf(), 'VirtualService');
  expect(service.spec).toMatchObject({
    hosts: ['bookinfo.test'],
    gateways: [find(await hostOf(), 'Gateway').metadata.name],
    http: [
      {
        match: expect.arrayContaining([{ uri: { exact: '/productpage' } }, { uri: { prefix: '/static' } }]),
        route: [{ destination: { host: 'productpage.bookinfo.svc.cluster.local', port: { number: 9080 } } }],
      },
    ],
  });
});

test("leads the person's own paths, exact ones and prefixes", async () => {
  expect(find(await hostOf('routes: [/a, /b/*]'), 'VirtualService').spec).toMatchObject({
    http: [{ match: [{ uri: { exact: '/a' } }, { uri: { prefix: '/b/' } }] }],
  });
});
