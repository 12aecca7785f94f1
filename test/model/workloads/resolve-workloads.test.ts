import type { ResolvedComponent } from '../../../lib/model/resolved-fleet';
import { codesOf } from '../../reported';
import { clustersOf, lone, loneCluster, PAIR, resolveText } from '../../resolved';

const componentsOf = async (workload: string): Promise<readonly ResolvedComponent[]> =>
  (await loneCluster('', `a: { cluster: east, ${workload} }`)).workloads[0]?.components ?? [];

test('deploys an image once, as its own namespace, account and Service', async () => {
  const { workloads } = await loneCluster('', 'shop: { cluster: east, image: "shop:1", port: 8080 }');
  expect(workloads).toMatchObject([
    {
      namespace: 'shop',
      components: [
        { name: 'shop', serviceAccount: 'shop', port: 8080, deployments: [{ image: 'shop:1', replicas: 1 }] },
      ],
    },
  ]);
});

test('uses the names and replicas of the fleet', async () => {
  const [component] = await componentsOf('image: "a:1", service: s, serviceAccount: sa, port: 80, replicas: 3');
  expect(component).toMatchObject({ name: 's', serviceAccount: 'sa', deployments: [{ name: 'a', replicas: 3 }] });
});

test('keeps curl-greeter waiting for commands, without root', async () => {
  const [component] = await componentsOf('preset: curl-greeter');
  expect(component?.deployments).toMatchObject([{ command: ['/bin/sleep', 'infinity'], user: 1000 }]);
});

test('deploys nothing for pods from elsewhere', async () => {
  expect(await componentsOf('pods: { labels: { app: a } }')).toEqual([]);
});

/** Routes of bookinfo's host, with what the workload says beside. */
async function routesOf(keys: string) {
  const { west } = await clustersOf(PAIR.replace('host: bookinfo.test', `host: bookinfo.test, ${keys}`));
  return west?.gateway?.hosts[0]?.routes;
}

test("lets through the paths of the walkthrough for Bookinfo, and the person's own where there are some", async () => {
  expect(await routesOf('')).toContainEqual({ match: 'exact', path: '/productpage' });
  expect(await routesOf('routes: [/a, /b/*, /*]')).toEqual([
    { match: 'exact', path: '/a' },
    { match: 'prefix', path: '/b/' },
    { match: 'prefix', path: '/' },
  ]);
});

test('lets everything through to an image', async () => {
  const { west } = await clustersOf(PAIR.replace('preset: bookinfo', 'image: "b:1", port: 80'));
  expect(west?.gateway?.hosts[0]?.routes).toEqual([{ match: 'prefix', path: '/' }]);
});

test.each([
  ['two kinds', 'image: "a:1", preset: bookinfo', 'exclusive-keys'],
  ['no kind', '', 'exclusive-keys'],
  ['a port for a preset', 'preset: bookinfo, port: 80', 'not-applicable'],
  ['a ServiceAccount for Bookinfo', 'preset: bookinfo, serviceAccount: a', 'not-applicable'],
  ['a SPIFFE ID for Bookinfo', 'preset: bookinfo, spiffeId: /a', 'not-applicable'],
  ['a host for curl-greeter', 'preset: curl-greeter, host: a.test', 'not-applicable'],
  ['replicas for pods from elsewhere', 'pods: { labels: { app: a } }, replicas: 2', 'not-applicable'],
  ['routes without host', 'image: "a:1", routes: [/a]', 'not-applicable'],
  ['no label at all', 'pods: { labels: {} }', 'out-of-range'],
  [
    'the label of the rest of the mesh',
    'pods: { labels: { spiffe.io/spire-managed-identity: "true" } }',
    'mesh-label-taken',
  ],
  [
    "the gateway's label",
    'pods: { labels: { spiffe.io/spire-managed-identity: istio-ingressgateway } }',
    'mesh-label-taken',
  ],
  ['a namespace of SPIRE', 'image: "a:1", namespace: spire-server', 'reserved-namespace'],
  ['a namespace of Istio', 'image: "a:1", namespace: istio-system', 'reserved-namespace'],
  ['a SPIFFE ID of another trust domain', 'image: "a:1", spiffeId: "spiffe://west.test/a"', 'foreign-spiffe-id'],
  ['a SPIFFE ID of a longer trust domain', 'image: "a:1", spiffeId: "spiffe://east.test.evil/a"', 'foreign-spiffe-id'],
  ['a SPIFFE ID that SPIRE reserves', 'image: "a:1", spiffeId: /spire/server', 'malformed'],
  ['a SPIFFE ID that is too long', `image: "a:1", spiffeId: /${'a'.repeat(2048)}`, 'spiffe-id-too-long'],
])('fails on %s', async (_, workload, code) => {
  const { problems } = await resolveText(lone('', `a: { cluster: east, ${workload} }`));
  expect(codesOf(problems)).toEqual([code]);
});

test('accepts a namespace of the separate layout where SPIRE has the shared one', async () => {
  const { problems } = await resolveText(
    lone('spire: { namespaces: shared }', 'a: { cluster: east, image: "a:1", namespace: spire-server }'),
  );
  expect(problems).toEqual([]);
});

test('accepts a SPIFFE ID that only looks like a reserved one', async () => {
  const { problems } = await resolveText(lone('', 'a: { cluster: east, image: "a:1", spiffeId: /spirefly }'));
  expect(problems).toEqual([]);
});

test.each([['west'], ['constructor']])('fails on cluster %p, which the fleet does not have', async (cluster) => {
  const { problems } = await resolveText(lone('', `a: { cluster: ${cluster}, image: "a:1" }`));
  expect(codesOf(problems)).toEqual(['unknown-cluster']);
});

test.each([['/ns/payments/sa/payments'], ['/ns/istio-system/sa/istiod']])(
  'fails on the SPIFFE ID %s of pods that are not its own',
  async (id) => {
    const { problems } = await resolveText(lone('', `a: { cluster: east, image: "a:1", spiffeId: ${id} }`));
    expect(problems).toMatchObject([{ code: 'malformed', place: { path: ['workloads', 'a', 'spiffeId'] } }]);
  },
);

test.each([[15001], [15006], [15020], [15090]])('fails on port %p, which the sidecar beside it uses', async (port) => {
  const { problems } = await resolveText(lone('', `a: { cluster: east, image: "a:1", port: ${port} }`));
  expect(problems).toMatchObject([{ code: 'out-of-range', place: { path: ['workloads', 'a', 'port'] } }]);
});
