import { MeshMutualTls } from '../../lib/istio/mesh-mutual-tls';
import { buildCluster } from '../../lib/manifests/cluster-app';
import { objectsOf } from '../manifests';
import { clustersOf, lone, loneCluster, resolveText } from '../resolved';

const modes = (plainText: readonly { namespace: string; because: string }[]) =>
  objectsOf((scope) => new MeshMutualTls(scope, 'mutual-tls', { plainText })).map(({ metadata, spec }) => [
    metadata.namespace,
    spec,
  ]);

test('refuses plain text in the whole mesh, but for the namespaces that are an exception', () => {
  expect(modes([])).toEqual([['istio-system', { mtls: { mode: 'STRICT' } }]]);
  expect(modes([{ namespace: 'legacy', because: 'no proxies there yet' }])).toEqual([
    ['istio-system', { mtls: { mode: 'STRICT' } }],
    ['legacy', { mtls: { mode: 'PERMISSIVE' } }],
  ]);
});

test.each([
  ['sidecar', 1],
  ['none', 0],
])('is part of a cluster with the data plane %s: %i', async (dataplane, count) => {
  const objects = buildCluster(await loneCluster(`istio: { dataplane: ${dataplane} }`)).flatMap((file) => file.objects);
  const ofMesh = objects.filter(({ kind, metadata }) => kind === 'PeerAuthentication' && metadata.name === 'default');
  expect(ofMesh).toHaveLength(count);
});

const exception = (namespace: string): string =>
  `istio: { plainText: { ${namespace}: { because: "its callers have no proxy" } } }`;

test.each(['istio-system', 'kube-system', 'spire-server', 'metallb-system'])(
  'refuses an exception for %s, where no proxy of the mesh runs',
  async (namespace) => {
    const { problems } = await resolveText(lone(exception(namespace)));
    expect(problems.map(({ code, place }) => [code, place])).toEqual([
      ['not-applicable', { path: ['clusters', 'east', 'istio', 'plainText', namespace], on: 'key' }],
    ]);
  },
);

test("takes the cluster's own exceptions in place of the fleet's, sorted", async () => {
  const own = 'istio: { plainText: { b: { because: "bbbbbbbbbb" }, a: { because: "aaaaaaaaaa" } } }';
  const { east } = await clustersOf(
    `{ fleet: lone, ${exception('c')}, clusters: { east: { trustDomain: east.test, ${own} } } }`,
  );
  expect(east?.istio?.plainText.map(({ namespace }) => namespace)).toEqual(['a', 'b']);
});
