import { parse } from 'yaml';
import { explainPod, explainWorkloadPods } from '../../lib/explain/identity';
import { buildCluster } from '../../lib/manifests/cluster-app';
import { renderControllerManagerConfig } from '../../lib/spire/controller-manager-pod';
import { clustersOf, loneCluster } from '../resolved';

async function configOf(keys: string): Promise<Record<string, unknown>> {
  const cluster = await loneCluster(`spire: { controllerManager: { ${keys} } }`);
  return parse(renderControllerManagerConfig(cluster)) as Record<string, unknown>;
}

test.each([
  ['className: mine, watchClassless: true', { className: 'mine', watchClassless: true }],
  ['entryIdPrefix: east', { entryIDPrefix: 'east' }],
  ['entryIdPrefix: east, formerEntryIdPrefix: old', { entryIDPrefix: 'east', entryIDPrefixCleanup: 'old' }],
  ['entryIdPrefix: east, formerEntryIdPrefix: none', { entryIDPrefix: 'east', entryIDPrefixCleanup: '' }],
  // In nanoseconds: the program refuses "30s".
  ['gcInterval: 30s', { gcInterval: 30_000_000_000 }],
  ['logLevel: WARN, logFormat: json', { logLevel: 'warn', logEncoding: 'json' }],
  [
    'leaderElection: { leaseDuration: 1m, renewDeadline: 40s, retryPeriod: 5s }',
    { leaderElection: expect.objectContaining({ leaseDuration: '1m', renewDeadline: '40s', retryPeriod: '5s' }) },
  ],
  [
    "parentIdTemplate: 'spiffe://{{ .TrustDomain }}/nodes/{{ .NodeMeta.Name }}'",
    { parentIDTemplate: 'spiffe://{{ .TrustDomain }}/nodes/{{ .NodeMeta.Name }}' },
  ],
  [
    'ignoredNamespaces: [openshift-*, "*-dev"]',
    { ignoreNamespaces: expect.arrayContaining(['^openshift-.*$', '^.*-dev$', '^kube-system$', '^spire-server$']) },
  ],
])('writes %s', async (keys, expected) => {
  expect(await configOf(keys)).toMatchObject(expected);
});

test('logs like server and agents, unless it has settings of its own', async () => {
  const cluster = await loneCluster(
    'spire: { logFormat: json, logLevel: DEBUG, controllerManager: { logLevel: INFO } }',
  );
  const config = parse(renderControllerManagerConfig(cluster)) as Record<string, unknown>;
  expect(config.logEncoding).toBe('json');
  expect(config).not.toHaveProperty('logLevel');
});

test('gives every SPIRE resource of a cluster the class of its controller manager', async () => {
  const { east, west, below } = await clustersOf(`
fleet: pair
spire: { controllerManager: { className: mine } }
clusters:
  east:
    trustDomain: east.test
    bundleEndpoint: { address: 192.0.2.10 }
    gateway: { address: 192.0.2.11 }
    serverApi: { address: 192.0.2.12 }
  below: { trustDomain: east.test, nestedUnder: east }
  west: { trustDomain: west.test, bundleEndpoint: { address: 192.0.2.20 }, spire: { controllerManager: { className: other } } }
federation: [{ between: [east, west] }]
workloads:
  shop: { cluster: east, image: "example.org/shop:1" }`);
  const classes = (cluster: typeof east): readonly unknown[] => [
    ...new Set(
      buildCluster(cluster!)
        .flatMap(({ objects }) => objects)
        .filter(({ apiVersion }) => apiVersion.startsWith('spire.spiffe.io/'))
        .map(({ spec }) => (spec as { className?: string }).className),
    ),
  ];
  expect([east, below, west].map(classes)).toEqual([['mine'], ['mine'], ['other']]);
});

test('explain says that a pod in an ignored namespace gets no SVID, and which key decides that', async () => {
  const { east } = await clustersOf(`
fleet: shop
clusters:
  east: { trustDomain: east.test, spire: { controllerManager: { ignoredNamespaces: [openshift-*] } } }
workloads:
  shop: { cluster: east, image: "example.org/shop:1" }`);
  const [{ pod }] = explainWorkloadPods(east!.workloads[0]!, east!) as [ReturnType<typeof explainPod>];
  expect(explainPod({ ...pod, namespace: 'openshift-etcd' }, east!).missing).toEqual({
    says: expect.stringContaining('SPIRE ignores the namespace'),
    remedy: 'run it in another namespace, or change ignoredNamespaces',
  });
  expect(explainPod(pod, east!).svid).toBeDefined();
});
