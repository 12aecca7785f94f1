import { buildCluster } from '../../lib/manifests/cluster-app';
import { renderRequirements } from '../../lib/pages/requirements-table';
import { configOf, find, type Manifest } from '../manifests';
import { clustersOf, lone, loneCluster, resolveText } from '../resolved';

const keysOf = (telemetry: string): string => `spire: { telemetry: { ${telemetry} } }`;

async function objectsOf(telemetry: string): Promise<readonly Manifest[]> {
  const files = buildCluster(await loneCluster(keysOf(telemetry)));
  return files.flatMap(({ objects }) => objects as readonly Manifest[]);
}

const telemetryOf = (objects: readonly Manifest[], component: 'server' | 'agent'): unknown =>
  (configOf(objects, `spire-${component}`, `${component}.conf`) as { telemetry: unknown }).telemetry;

test.each(['server', 'agent'] as const)('sends the metrics of the %s to each collector', async (component) => {
  const objects = await objectsOf(
    'statsd: ["a.test:8125", "b.test:8126"], dogstatsd: ["c.test:8125"], m3: [{ address: "d.test:9052", env: prod }, { address: "e.test:9052", env: test }], inMemory: true',
  );
  expect(telemetryOf(objects, component)).toEqual({
    Statsd: [{ address: 'a.test:8125' }, { address: 'b.test:8126' }],
    DogStatsd: [{ address: 'c.test:8125' }],
    // As a list, SPIRE would read an object for each key.
    M3: { 'm3-0': { address: 'd.test:9052', env: 'prod' }, 'm3-1': { address: 'e.test:9052', env: 'test' } },
    InMem: {},
  });
});

test('names the components apart, and leaves out what the fleet blocks', async () => {
  const objects = await objectsOf(
    'inMemory: true, metricPrefix: shop, trustDomainLabel: true, hostnameLabel: false, blockedPrefixes: [shop_server.rpc], allowedPrefixes: [shop_server.rpc.agent], allowedLabels: [status], blockedLabels: [version]',
  );
  const filters = {
    InMem: {},
    EnableTrustDomainLabel: true,
    EnableHostnameLabel: false,
    BlockedPrefixes: ['shop_server.rpc'],
    AllowedPrefixes: ['shop_server.rpc.agent'],
    AllowedLabels: ['status'],
    BlockedLabels: ['version'],
  };
  expect(telemetryOf(objects, 'server')).toEqual({ ...filters, MetricPrefix: 'shop_server' });
  expect(telemetryOf(objects, 'agent')).toEqual({ ...filters, MetricPrefix: 'shop_agent' });
});

test.each([
  ['spire-server-metrics', 'spire-server'],
  ['spire-agent-metrics', 'spire-system'],
])('opens in %s the UDP port of each collector, for its address where it is known', async (name, namespace) => {
  const objects = await objectsOf('statsd: ["10.0.0.7:8125"], dogstatsd: ["10.0.0.7:8125", "datadog.test:8126"]');
  const { metadata, spec } = find(objects, 'NetworkPolicy', name);
  expect(metadata.namespace).toBe(namespace);
  expect(spec).toEqual({
    podSelector: { matchLabels: { 'app.kubernetes.io/name': name.replace('-metrics', '') } },
    policyTypes: ['Egress'],
    egress: [
      { to: [{ ipBlock: { cidr: '10.0.0.7/32' } }], ports: [{ port: 8125, protocol: 'UDP' }] },
      { ports: [{ port: 8126, protocol: 'UDP' }] },
    ],
  });
});

test('opens no port for metrics that stay in memory', async () => {
  const objects = await objectsOf('inMemory: true');
  expect(objects.filter(({ metadata }) => metadata.name.endsWith('-metrics'))).toEqual([]);
});

test('keeps the collectors of the fleet on a cluster with a Prometheus of its own', async () => {
  const { east } = await clustersOf(
    'fleet: one\nspire: { telemetry: { statsd: ["a.test:8125"] } }\nclusters: { east: { trustDomain: east.test, spire: { telemetry: { prometheus: { namespace: monitoring } } } } }',
  );
  expect(east?.spire.telemetry).toMatchObject({ statsd: ['a.test:8125'], prometheus: { byOutput: false } });
});

test('asks for each collector, and for DNS before the start where SPIRE does not start without', async () => {
  const { fleet } = await resolveText(lone(keysOf('statsd: ["a.test:8125"], dogstatsd: ["b.test:8125"]')));
  const text = renderRequirements(fleet!);
  expect(text).toContain('| a collector of metrics at `a.test`, UDP port 8125 |');
  expect(text).toContain('| a collector of metrics at `b.test`, UDP port 8125 |');
  expect(text).toContain('| the DNS name `b.test`, before SPIRE starts |');
  expect(text).not.toContain('the DNS name `a.test`');
});

test.each([
  ['1.11.1', ['needs-newer-spire']],
  ['1.11.2', []],
])('takes the label of the trust domain with SPIRE %s: %j', async (version, codes) => {
  const { problems } = await resolveText(
    lone(`versions: { spire: ${version} }, ${keysOf('inMemory: true, trustDomainLabel: true')}`),
  );
  expect(problems.map(({ code }) => code).filter((code) => code === 'needs-newer-spire')).toEqual(codes);
});
