import { checkCluster } from '../../lib/checks/check-cluster';
import { buildCluster } from '../../lib/manifests/cluster-app';
import { SpirePodMonitors } from '../../lib/observability/pod-monitors';
import { find, type Manifest, objectsOf, podOf } from '../manifests';
import { clustersOf, loneCluster, NESTED, resolveText } from '../resolved';

const keysOf = (podMonitors: string, more = ''): string =>
  `spire: { telemetry: { prometheus: { namespace: monitoring, podMonitors: ${podMonitors}${more} } } }`;

const filesOf = async (keys: string) => buildCluster(await loneCluster(keys));

const allOf = async (keys: string): Promise<readonly Manifest[]> =>
  (await filesOf(keys)).flatMap(({ objects }) => objects as readonly Manifest[]);

interface Spec {
  readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly podMetricsEndpoints: readonly { readonly port: string; readonly interval?: string }[];
}

test.each([
  ['spire-server', 'StatefulSet', 'spire-server', ['prom', 'prom-cm']],
  ['spire-agent', 'DaemonSet', 'spire-system', ['prom']],
])('selects the pods of %s, in their namespace, by ports that they have', async (name, kind, namespace, ports) => {
  const objects = await allOf(keysOf('{ labels: { release: kps }, interval: 30s }'));
  const { metadata, spec } = find(objects, 'PodMonitor', name);
  const { selector, podMetricsEndpoints } = spec as Spec;
  expect(metadata).toMatchObject({
    namespace,
    labels: { release: 'kps', 'app.kubernetes.io/managed-by': 'cdk8s-spire' },
  });
  expect(podMetricsEndpoints.map(({ port, interval }) => [port, interval])).toEqual(ports.map((port) => [port, '30s']));
  const pod = podOf(find(objects, kind, name)) as unknown as { metadata: { labels: Record<string, string> } };
  expect(pod.metadata.labels).toMatchObject(selector.matchLabels);
  const open = podOf(find(objects, kind, name)).spec.containers.flatMap((container) => container.ports ?? []);
  expect(open.map((port) => port.name)).toEqual(expect.arrayContaining(ports));
});

test('leaves the labels of every object as they are', () => {
  const objects = objectsOf((scope) => {
    new SpirePodMonitors(scope, 'monitors', { labels: { 'app.kubernetes.io/name': 'other' } });
  });
  expect(find(objects, 'PodMonitor', 'spire-agent').metadata.labels).toMatchObject({
    'app.kubernetes.io/name': 'spire-agent',
  });
});

test('scrapes the agent beside a nested server', async () => {
  const { west } = await clustersOf(
    `${NESTED}\nspire: { telemetry: { prometheus: { namespace: monitoring, podMonitors: {} } } }`,
  );
  const objects = buildCluster(west!).flatMap(({ objects: some }) => some as readonly Manifest[]);
  const { podMetricsEndpoints } = find(objects, 'PodMonitor', 'spire-server').spec as Spec;
  expect(podMetricsEndpoints.map(({ port }) => port)).toEqual(['prom', 'prom-cm', 'prom-upstream']);
});

test.each(['', 'observability: false, ', 'istio: { dataplane: none }, '])(
  'stands in the layer of observability, with keys "%s" as well, and passes the checks',
  async (more) => {
    const cluster = await loneCluster(`${more}${keysOf('{}')}`);
    const files = buildCluster(cluster);
    const placed = files.filter(({ objects }) => objects.some(({ kind }) => kind === 'PodMonitor'));
    expect(placed.map(({ layer }) => layer)).toEqual(['observability']);
    expect(checkCluster(cluster, files)).toEqual([]);
  },
);

test('is refused beside annotations, by which the same pods would be scraped twice', async () => {
  await expect(
    resolveText(`{ fleet: one, ${keysOf('{}', ', annotations: true')}, clusters: { a: { trustDomain: a.test } } }`),
  ).rejects.toThrow('"annotations" and "podMonitors" cannot be used together');
});
