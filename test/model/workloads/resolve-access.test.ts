import type { ResolvedCluster, ResolvedIdentity } from '../../../lib/model/resolved-fleet';
import { clustersOf, loneCluster, PAIR } from '../../resolved';

const GATEWAY = 'istio-ingressgateway';
const GATEWAY_ID = 'spiffe://west.test/ns/istio-system/sa/istio-ingressgateway-service-account';

/** Three clusters of which west is called; the workloads are given. */
const around = (workloads: string): string => `
fleet: around
clusters:
  east: { trustDomain: east.test, bundleEndpoint: { address: 192.0.2.10 }, gateway: { address: 192.0.2.11 } }
  north: { trustDomain: north.test, bundleEndpoint: { address: 192.0.2.30 } }
  west: { trustDomain: west.test, bundleEndpoint: { address: 192.0.2.20 }, gateway: { address: 192.0.2.21, port: 8443 } }
federation: [{ between: [east, north, west] }]
workloads:
${workloads}`;

function identityOf(cluster: ResolvedCluster | undefined, name: string): ResolvedIdentity | undefined {
  return cluster?.identities.find((identity) => identity.name === name);
}

/** The trust domains each identity of a cluster federates with, those without any left out. */
function federated(cluster: ResolvedCluster | undefined): Readonly<Record<string, readonly string[]>> {
  const identities = cluster?.identities.filter(({ federatesWith }) => federatesWith.length > 0) ?? [];
  return Object.fromEntries(identities.map(({ name, federatesWith }) => [name, federatesWith]));
}

describe('federated bundles', () => {
  test('reach the caller and the gateway of the called, and no other identity', async () => {
    const { east, west } = await clustersOf(PAIR);
    expect(federated(east)).toEqual({ 'workload-greeter': ['west.test'] });
    expect(federated(west)).toEqual({ [GATEWAY]: ['east.test'] });
  });

  test('allow no calls if clusters federate but no workload calls', async () => {
    const clusters = await clustersOf(PAIR.replace(', calls: [bookinfo]', ''));
    expect([federated(clusters.east), federated(clusters.west)]).toEqual([{}, {}]);
  });

  test('of each calling trust domain reach the gateway, sorted, each once', async () => {
    const { west } = await clustersOf(
      around(`
  shop: { cluster: west, image: "shop:1", port: 8080, host: shop.test }
  one: { cluster: north, preset: curl-greeter, calls: [shop] }
  two: { cluster: east, preset: curl-greeter, calls: [shop] }
  three: { cluster: east, preset: curl-greeter, calls: [shop] }`),
    );
    expect(federated(west)).toEqual({ [GATEWAY]: ['east.test', 'north.test'] });
  });

  test('do not reach the gateway of a caller', async () => {
    const { east } = await clustersOf(
      around(`
  shop: { cluster: west, image: "shop:1", port: 8080, host: shop.test }
  one: { cluster: east, preset: curl-greeter, calls: [shop] }`),
    );
    expect(federated(east)).toEqual({ 'workload-one': ['west.test'] });
  });

  test('do not reach a gateway that serves a certificate of the person, which brings its own CA', async () => {
    const { west } = await clustersOf(
      around(`
  shop: { cluster: west, image: "shop:1", port: 8080, host: shop.test, credential: { secret: shop-tls } }
  one: { cluster: east, preset: curl-greeter, calls: [shop] }`),
    );
    expect([federated(west), identityOf(west, GATEWAY)?.dnsNames]).toEqual([{}, []]);
  });

  test('allow no calls between clusters for a call inside one cluster', async () => {
    const { west } = await clustersOf(
      around(`
  shop: { cluster: west, image: "shop:1", port: 8080 }
  one: { cluster: west, preset: curl-greeter, calls: [shop] }`),
    );
    expect(federated(west)).toEqual({});
  });
});

describe('the gateway', () => {
  test('has the hosts that are called as DNS names, and no others', async () => {
    const { west } = await clustersOf(
      around(`
  shop: { cluster: west, image: "shop:1", port: 8080, host: shop.test }
  bank: { cluster: west, image: "bank:1", port: 8080, host: bank.test }
  idle: { cluster: west, image: "idle:1", port: 8080, host: idle.test }
  one: { cluster: east, preset: curl-greeter, calls: [shop, bank] }`),
    );
    expect(identityOf(west, GATEWAY)?.dnsNames).toEqual(['bank.test', 'shop.test']);
    expect(west?.gateway?.hosts.map(({ host }) => host)).toEqual(['bank.test', 'shop.test']);
  });

  test('has an identity even without callers, so that it becomes ready', async () => {
    const { west } = await clustersOf(around('  idle: { cluster: west, image: "idle:1" }'));
    expect(identityOf(west, GATEWAY)).toMatchObject({
      namespace: 'istio-system',
      serviceAccount: 'istio-ingressgateway-service-account',
    });
  });

  test('has no identity on a cluster without gateway', async () => {
    expect(identityOf(await loneCluster(), GATEWAY)).toBeUndefined();
  });

  test('admits to each host the SPIFFE IDs of its own callers from elsewhere', async () => {
    const { west } = await clustersOf(
      around(`
  shop: { cluster: west, image: "shop:1", port: 8080, host: shop.test }
  bank: { cluster: west, image: "bank:1", port: 8080, host: bank.test }
  one: { cluster: east, preset: curl-greeter, spiffeId: /one, calls: [shop] }
  two: { cluster: north, preset: curl-greeter, namespace: n, calls: [bank, shop] }
  here: { cluster: west, preset: curl-greeter, calls: [bank] }`),
    );
    expect(west?.gateway?.hosts.map(({ host, callers }) => [host, callers])).toEqual([
      ['bank.test', ['spiffe://north.test/ns/n/sa/two']],
      ['shop.test', ['spiffe://east.test/one', 'spiffe://north.test/ns/n/sa/two']],
    ]);
  });
});

/** Callers that each policy of a workload names. */
async function accessTo(cluster: string, workload: string, text: string) {
  const found = (await clustersOf(text))[cluster]?.workloads.find(({ name }) => name === workload);
  return Object.fromEntries(found?.access.map(({ name, callers }) => [name, callers]) ?? []);
}

describe('access', () => {
  test('from another cluster is through the gateway alone', async () => {
    const access = await accessTo('west', 'bookinfo', PAIR);
    expect(access['bookinfo-productpage']).toEqual([GATEWAY_ID]);
  });

  test('between the parts of Bookinfo is what the parts need', async () => {
    const id = (part: string): string => `spiffe://west.test/ns/bookinfo/sa/bookinfo-${part}`;
    expect(await accessTo('west', 'bookinfo', PAIR)).toMatchObject({
      'bookinfo-details': [id('productpage')],
      'bookinfo-ratings': [id('reviews')],
      'bookinfo-reviews': [id('productpage')],
    });
  });

  test('inside the cluster names the SPIFFE ID of the caller, even one that it chose', async () => {
    const text = around(`
  shop: { cluster: west, image: "shop:1", port: 8080 }
  one: { cluster: west, preset: curl-greeter, spiffeId: /one, calls: [shop] }
  two: { cluster: west, preset: curl-greeter, namespace: n, serviceAccount: sa, calls: [shop] }`);
    expect(await accessTo('west', 'shop', text)).toEqual({
      shop: ['spiffe://west.test/ns/n/sa/sa', 'spiffe://west.test/one'],
    });
  });

  test('from inside and outside names both ways', async () => {
    const text = around(`
  shop: { cluster: west, image: "shop:1", port: 8080, host: shop.test }
  far: { cluster: east, preset: curl-greeter, calls: [shop] }
  near: { cluster: west, preset: curl-greeter, calls: [shop] }`);
    expect(await accessTo('west', 'shop', text)).toEqual({ shop: [GATEWAY_ID, 'spiffe://west.test/ns/near/sa/near'] });
  });

  test('to a deployed workload without callers is not allowed', async () => {
    const text = around(
      '  idle: { cluster: west, image: "idle:1", port: 8080 }\n  one: { cluster: west, preset: curl-greeter }',
    );
    expect([await accessTo('west', 'idle', text), await accessTo('west', 'one', text)]).toEqual([
      { idle: [] },
      { one: [] },
    ]);
  });

  test('to Bookinfo without callers is allowed only between its components', async () => {
    const access = await accessTo('west', 'bookinfo', around('  bookinfo: { cluster: west, preset: bookinfo }'));
    expect([access['bookinfo-productpage'], access['bookinfo-details']?.length]).toEqual([[], 1]);
  });

  test('to pods deployed elsewhere without callers is not allowed, as with an image', async () => {
    const pods = 'pods: { labels: { app: stock } }, service: stock, port: 8080';
    const uncalled = around(`  stock: { cluster: west, ${pods} }`);
    const called = `${uncalled}\n  one: { cluster: west, preset: curl-greeter, calls: [stock] }`;
    expect(await accessTo('west', 'stock', uncalled)).toEqual({ stock: [] });
    expect(await accessTo('west', 'stock', called)).toEqual({ stock: ['spiffe://west.test/ns/one/sa/one'] });
  });
});

describe('an identity', () => {
  test('leaves the form that Istio expects to a template, and spells out one that was chosen', async () => {
    const east = await loneCluster(
      '',
      'a: { cluster: east, image: "a:1" }, b: { cluster: east, image: "b:1", spiffeId: /b }',
    );
    expect(identityOf(east, 'workload-a')?.spiffeIdTemplate).toContain(
      '{{ .TrustDomain }}/ns/{{ .PodMeta.Namespace }}',
    );
    expect(identityOf(east, 'workload-b')?.spiffeIdTemplate).toBe('spiffe://east.test/b');
  });

  test('is bound to namespace and ServiceAccount, except for Bookinfo with its four accounts', async () => {
    const workloads =
      'a: { cluster: east, image: "a:1", namespace: n, serviceAccount: s }, b: { cluster: east, preset: bookinfo }';
    const east = await loneCluster('', workloads);
    expect(identityOf(east, 'workload-a')).toMatchObject({ namespace: 'n', serviceAccount: 's' });
    expect(identityOf(east, 'workload-b')).toMatchObject({ namespace: 'b', serviceAccount: undefined });
  });

  test('for the rest of the mesh selects only by label and has no federation', async () => {
    const { west } = await clustersOf(PAIR);
    const identity = identityOf(west, 'mesh-workloads');
    expect(identity).toMatchObject({ podLabels: { 'spiffe.io/spire-managed-identity': 'true' }, federatesWith: [] });
    expect(identity?.namespace).toBeUndefined();
  });

  test('selects pods from elsewhere by the labels that the fleet gives', async () => {
    const east = await loneCluster(
      '',
      'stock: { cluster: east, pods: { labels: { app: stock, tier: db } }, namespace: n }',
    );
    expect(identityOf(east, 'workload-stock')).toMatchObject({
      podLabels: { app: 'stock', tier: 'db' },
      namespace: 'n',
      serviceAccount: 'stock',
    });
  });
});

describe('a call to another cluster', () => {
  const remoteCalls = async (workloads: string) => (await clustersOf(around(workloads))).east?.remoteCalls;

  test('uses the address and port of the gateway, and verifies its SPIFFE ID', async () => {
    const calls = await remoteCalls(`
  shop: { cluster: west, image: "shop:1", port: 8080, host: shop.test }
  one: { cluster: east, preset: curl-greeter, calls: [shop] }`);
    expect(calls).toEqual([
      expect.objectContaining({
        namespace: 'one',
        host: 'shop.test',
        gatewayAddress: '192.0.2.21',
        gatewayPort: 8443,
        serverSpiffeId: GATEWAY_ID,
      }),
    ]);
  });

  test.each([
    ['the workload where the certificate is its own', '', 'spiffe://west.test/ns/shop/sa/shop'],
    ['the path that the certificate carries', ', spiffeId: /bookinfo', 'spiffe://west.test/bookinfo'],
    ['the whole ID that the certificate carries', ', spiffeId: "spiffe://old.test/x"', 'spiffe://old.test/x'],
  ])('insists with a credential on %s', async (_, spiffeId, expected) => {
    const calls = await remoteCalls(`
  shop: { cluster: west, image: "shop:1", port: 8080, host: shop.test, credential: { secret: s${spiffeId} } }
  one: { cluster: east, preset: curl-greeter, calls: [shop] }`);
    expect(calls?.map(({ serverSpiffeId }) => serverSpiffeId)).toEqual([expected]);
  });

  test('is prepared once for each namespace that calls', async () => {
    const calls = await remoteCalls(`
  shop: { cluster: west, image: "shop:1", port: 8080, host: shop.test }
  one: { cluster: east, preset: curl-greeter, namespace: b, calls: [shop] }
  two: { cluster: east, preset: curl-greeter, namespace: b, calls: [shop] }
  three: { cluster: east, preset: curl-greeter, namespace: a, calls: [shop] }`);
    expect(calls?.map(({ namespace, host }) => [namespace, host])).toEqual([
      ['a', 'shop.test'],
      ['b', 'shop.test'],
    ]);
  });

  test('to plain text is the exception of one workload, its ports sorted and each once', async () => {
    const plain = (keys: string): string =>
      around(
        `  stock: { cluster: west, image: "stock:1", port: 8080, plainText: { ${keys}because: "has no proxy yet" } }`,
      );
    const exceptionOf = async (keys: string) =>
      (await clustersOf(plain(keys))).west?.workloads[0]?.access[0]?.plainText;
    expect(await exceptionOf('')).toEqual({ because: 'has no proxy yet' });
    expect(await exceptionOf('ports: [9103, 80, 9103], ')).toEqual({ because: 'has no proxy yet', ports: [80, 9103] });
  });
});
