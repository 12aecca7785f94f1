import { checkBy } from '../../lib/checks/check-cluster';
import { workloadApiSocketAgrees } from '../../lib/checks/workload-api-socket-agrees';
import { buildCluster } from '../../lib/manifests/cluster-app';
import type { ResolvedFleet } from '../../lib/model/resolved-fleet';
import { synthesize } from '../../lib/output/synthesize';
import { renderRequirements } from '../../lib/pages/requirements-table';
import { clustersOf } from '../resolved';
import { NOW } from '../support';

const MIXED = `
fleet: mixed
clusters:
  mesh: { trustDomain: east.test, bundleEndpoint: { address: 192.0.2.10 }, gateway: { address: 192.0.2.11 } }
  jobs: { trustDomain: west.test, bundleEndpoint: { address: 192.0.2.20 }, istio: { dataplane: none } }
federation: [{ between: [mesh, jobs] }]
workloads:
  orders: { cluster: mesh, image: "orders:1", port: 8080, host: orders.test }
  billing: { cluster: jobs, image: "billing:1", calls: [orders] }
  nightly: { cluster: jobs, pods: { labels: { app: nightly } } }
`;

async function jobs() {
  const cluster = (await clustersOf(MIXED)).jobs!;
  return { cluster, objects: buildCluster(cluster).flatMap(({ objects }) => objects) };
}

interface PodTemplate {
  readonly spec: {
    readonly template: {
      readonly metadata: { readonly labels: object; readonly annotations?: object };
      readonly spec: {
        readonly volumes: readonly unknown[];
        readonly containers: readonly { readonly env: readonly unknown[]; readonly volumeMounts: readonly unknown[] }[];
      };
    };
  };
}

test('contains no objects of Istio', async () => {
  const { objects } = await jobs();
  const text = JSON.stringify(objects).replaceAll('spire.spiffe.io', '');
  expect(text.match(/istio/gi)).toBeNull();
});

test('gives programs the Workload API by the CSI driver, where their SDKs look for it', async () => {
  const { objects } = await jobs();
  const { template } = (
    objects.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'billing') as unknown as PodTemplate
  ).spec;
  expect(template.spec.volumes).toEqual([
    { name: 'spiffe-workload-api', csi: { driver: 'csi.spiffe.io', readOnly: true } },
  ]);
  expect(template.spec.containers[0]).toMatchObject({
    env: [{ name: 'SPIFFE_ENDPOINT_SOCKET', value: 'unix:///spiffe-workload-api/socket' }],
    volumeMounts: [{ name: 'spiffe-workload-api', mountPath: '/spiffe-workload-api', readOnly: true }],
  });
});

test('mounts the socket that the fleet names, in agent, CSI driver and programs', async () => {
  const socket = 'jobs: { spire: { agent: { socket: { directory: /run/sockets, name: agent.sock } } }, ';
  const cluster = (await clustersOf(MIXED.replace('jobs: { ', socket))).jobs!;
  const objects = buildCluster(cluster).flatMap((file) => file.objects);
  const named = (kind: string, name: string) =>
    objects.find((object) => object.kind === kind && object.metadata.name === name);
  const folder = { hostPath: { path: '/run/sockets', type: 'DirectoryOrCreate' } };
  expect(named('ConfigMap', 'spire-agent')).toMatchObject({
    data: { 'agent.conf': expect.stringContaining('"socket_path": "/run/sockets/agent.sock"') },
  });
  expect((named('DaemonSet', 'spire-agent') as unknown as PodTemplate).spec.template.spec.volumes).toContainEqual({
    name: 'socket',
    ...folder,
  });
  expect((named('DaemonSet', 'spiffe-csi-driver') as unknown as PodTemplate).spec.template.spec.volumes).toContainEqual(
    {
      name: 'agent-socket',
      ...folder,
    },
  );
  expect((named('Deployment', 'billing') as unknown as PodTemplate).spec.template.spec.containers[0]?.env).toEqual([
    { name: 'SPIFFE_ENDPOINT_SOCKET', value: 'unix:///spiffe-workload-api/agent.sock' },
  ]);
  expect(renderRequirements({ clusters: [cluster] } as unknown as ResolvedFleet)).toContain(
    'with the Workload API at `agent.sock`',
  );
  expect(checkBy([workloadApiSocketAgrees], cluster, buildCluster(cluster))).toEqual([]);
});

test('federates a calling program with the trust domain of the gateway, which admits it by name', async () => {
  const { mesh, jobs: cluster } = await clustersOf(MIXED);
  expect(cluster?.identities.find(({ name }) => name === 'workload-billing')?.federatesWith).toEqual(['east.test']);
  expect(mesh?.gateway?.hosts[0]?.callers).toEqual(['spiffe://west.test/ns/billing/sa/billing']);
});

test('states the address, the SPIFFE ID of the caller and that of the server for the author of a program', async () => {
  const { cluster } = await jobs();
  expect(cluster.directCalls).toEqual([
    {
      caller: 'billing',
      callerSpiffeId: 'spiffe://west.test/ns/billing/sa/billing',
      called: 'orders',
      host: 'orders.test',
      gatewayAddress: '192.0.2.11',
      gatewayPort: 443,
      serverSpiffeId: 'spiffe://east.test/ns/istio-system/sa/istio-ingressgateway-service-account',
    },
  ]);
  expect(cluster.remoteCalls).toEqual([]);
});

test('has no step that installs Istio', () => {
  const { output } = synthesize('examples/partner/fleet.yaml', { now: NOW });
  const page = output?.files.find(({ path }) => path === 'README.md')?.text ?? '';
  expect(page).not.toContain('istioctl --context jobs');
  expect(page).toContain('istioctl --context web');
  expect(page).toContain('| billing | `https://orders.shop.example` at `mesh.web.shop.example:443`');
  expect(output?.files.filter(({ path }) => path.startsWith('istio/jobs'))).toEqual([]);
});
