import { buildCluster } from '../../lib/manifests/cluster-app';
import { AgentNetworkPolicies, ServerNetworkPolicy } from '../../lib/spire/network-policies';
import { find, type Manifest, objectsOf } from '../manifests';
import { clustersOf, loneCluster, PAIR } from '../resolved';

interface Spec {
  readonly podSelector: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly policyTypes: readonly string[];
  readonly ingress?: readonly unknown[];
  readonly egress?: readonly unknown[];
}

async function policyOf(name: string, keys = ''): Promise<Spec> {
  const cluster = await loneCluster(keys);
  const objects = objectsOf((scope) => {
    new ServerNetworkPolicy(scope, 'server', cluster);
    new AgentNetworkPolicies(scope, 'agent', cluster);
  });
  return find(objects, 'NetworkPolicy', name).spec as Spec;
}

const pods = (name: string, namespace: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
  podSelector: { matchLabels: { 'app.kubernetes.io/name': name } },
});
const tcp = (...ports: readonly number[]) => ports.map((port) => ({ port, protocol: 'TCP' }));
const dns = (...ports: readonly number[]) => ({
  ports: ports.flatMap((port) => [
    { port, protocol: 'TCP' },
    { port, protocol: 'UDP' },
  ]),
});
const DNS = dns(53, 5353, 8053);

test('allows agents at the API of the server, everyone at its webhook, and nothing else', async () => {
  const { podSelector, policyTypes, ingress } = await policyOf('spire-server');
  expect(podSelector).toEqual({ matchLabels: { 'app.kubernetes.io/name': 'spire-server' } });
  expect(policyTypes).toEqual(['Ingress', 'Egress']);
  expect(ingress).toEqual([{ from: [pods('spire-agent', 'spire-system')], ports: tcp(8081) }, { ports: tcp(9443) }]);
});

test('lets the server at DNS and API servers, at the ports that the fleet names', async () => {
  expect((await policyOf('spire-server')).egress).toEqual([DNS, { ports: tcp(443, 6443) }]);
  const { egress } = await policyOf('spire-server', 'spire: { apiServerPorts: [16443] }');
  expect(egress).toEqual([DNS, { ports: tcp(16443) }]);
});

test('opens DNS at the ports that the fleet names', async () => {
  expect((await policyOf('spire-agent', 'spire: { dnsPorts: [10053] }')).egress).toContainEqual(dns(10053));
});

test('allows agents to reach their server, DNS and kubelets, and no connections to agents', async () => {
  const { policyTypes, ingress, egress } = await policyOf('spire-agent');
  expect(policyTypes).toEqual(['Ingress', 'Egress']);
  expect(ingress).toBeUndefined();
  expect(egress).toEqual([
    DNS,
    { to: [pods('spire-server', 'spire-server')], ports: tcp(8081) },
    { ports: tcp(10250) },
  ]);
});

test.each([
  ['https://trust.test/b.pem', { ports: tcp(443) }],
  ['https://8.8.8.8:8443/b.pem', { to: [{ ipBlock: { cidr: '8.8.8.8/32' } }], ports: tcp(8443) }],
])('lets agents fetch their bundle at %s', async (url, rule) => {
  const { egress } = await policyOf('spire-agent', `spire: { agent: { trustBundle: { url: "${url}" } } }`);
  expect(egress).toContainEqual(rule);
  expect((await policyOf('spire-agent')).egress).not.toContainEqual(rule);
});

test('allows no connections from and to the CSI driver', async () => {
  expect(await policyOf('spiffe-csi-driver')).toEqual({
    podSelector: { matchLabels: { 'app.kubernetes.io/name': 'spiffe-csi-driver' } },
    policyTypes: ['Ingress', 'Egress'],
  });
});

async function policiesOf(text: string): Promise<readonly Manifest[]> {
  const { east } = await clustersOf(text);
  return buildCluster(east!)
    .filter(({ layer }) => layer !== 'observability')
    .flatMap(({ objects }) => objects as unknown as readonly Manifest[])
    .filter(({ kind }) => kind === 'NetworkPolicy');
}

test('writes one policy for each peer and one for the endpoint beside its own', async () => {
  expect((await policiesOf(PAIR)).map(({ metadata }) => metadata.name).sort()).toEqual([
    'spiffe-csi-driver',
    'spire-agent',
    'spire-server',
    'spire-server-bundle-endpoint',
    'spire-server-federation-west',
  ]);
});

test('writes none for a fleet that does without', async () => {
  expect(await policiesOf(`${PAIR}\nspire: { networkPolicies: false }`)).toEqual([]);
});

test('opens the server in the layer that closes it, whatever holds up those that follow', async () => {
  const { east } = await clustersOf(PAIR);
  const files = buildCluster(east!).filter(
    ({ layer, objects }) => layer !== 'observability' && objects.some(({ kind }) => kind === 'NetworkPolicy'),
  );
  expect(files.map(({ path, layer }) => [layer, path]).sort()).toEqual([
    ['spire-agent', 'east/spire-agent/network-policies.yaml'],
    ['spire-server', 'east/spire-server/network-policy.yaml'],
    ['spire-server', 'east/spire-server/poll-west.yaml'],
  ]);
});
