import { buildCluster } from '../../lib/manifests/cluster-app';
import { ObservabilityNetworkPolicies } from '../../lib/observability/network-policies';
import { find, objectsOf } from '../manifests';
import { lone, loneCluster, resolveText } from '../resolved';

const policies = (prometheus: boolean) =>
  objectsOf((scope) => {
    new ObservabilityNetworkPolicies(scope, 'policies', { prometheus, apiServerPorts: [6443], dnsPorts: [53] });
  });

interface PolicySpec {
  readonly policyTypes: readonly string[];
  readonly ingress?: readonly object[];
}

test('allows no connections to Kiali, and only Kiali to reach Prometheus', () => {
  const objects = policies(true);
  expect((find(objects, 'NetworkPolicy', 'kiali').spec as PolicySpec).ingress).toBeUndefined();
  expect(find(objects, 'NetworkPolicy', 'prometheus').spec).toMatchObject({
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      { from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'kiali' } } }], ports: [{ port: 9090 }] },
    ],
  });
});

test('lets Kiali dial DNS, the API server, Prometheus and istiod alone', () => {
  const { egress } = find(policies(true), 'NetworkPolicy', 'kiali').spec as {
    egress: { to?: unknown; ports: { port: number; protocol: string }[] }[];
  };
  expect(
    egress.map(({ to, ports }) => [to !== undefined, ports.map(({ port, protocol }) => `${protocol} ${port}`)]),
  ).toEqual([
    [false, ['TCP 53', 'UDP 53']],
    [false, ['TCP 6443']],
    [true, ['TCP 9090']],
    [true, ['TCP 15014']],
  ]);
});

test('does not restrict the egress of Kiali to a Prometheus outside the output, whose pods are unknown', () => {
  const objects = policies(false);
  expect(objects.map(({ metadata }) => metadata.name)).toEqual(['kiali']);
  expect((find(objects, 'NetworkPolicy', 'kiali').spec as PolicySpec).policyTypes).toEqual(['Ingress']);
});

async function filesOf(keys: string): Promise<readonly string[]> {
  return buildCluster(await loneCluster(keys))
    .filter(({ layer }) => layer === 'observability')
    .map(({ path }) => path.split('/').at(-1) ?? '')
    .sort();
}

test.each([
  ['', ['kiali.yaml', 'network-policies.yaml', 'prometheus.yaml']],
  ['observability: { prometheus: "http://metrics.telemetry:9090" }', ['kiali.yaml', 'network-policies.yaml']],
  ['spire: { networkPolicies: false }', ['kiali.yaml', 'prometheus.yaml']],
  ['observability: false', []],
])('writes for a cluster with "%s" %j', async (keys, expected) => {
  expect(await filesOf(keys)).toEqual(expected);
});

test('uses one external Prometheus for the fleet, and none for clusters without a mesh', async () => {
  const url = 'observability: { prometheus: "http://metrics.telemetry:9090" }';
  const { fleet } = await resolveText(
    `{ fleet: a, ${url}, clusters: { east: { trustDomain: east.test }, west: { trustDomain: west.test, istio: { dataplane: none } } } }`,
  );
  expect(fleet?.clusters.map(({ observability }) => observability?.prometheus)).toEqual([
    { url: 'http://metrics.telemetry:9090', deployed: false },
    undefined,
  ]);
});

test('refuses it on a cluster without Istio', async () => {
  const { problems } = await resolveText(
    lone('istio: { dataplane: none }, observability: { prometheus: "http://metrics.telemetry:9090" }'),
  );
  expect(problems.map(({ code }) => code)).toEqual(['not-applicable']);
});
