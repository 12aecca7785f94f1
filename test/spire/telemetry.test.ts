import { parse } from 'yaml';
import { buildCluster } from '../../lib/manifests/cluster-app';
import { SpireAgent } from '../../lib/spire/agent';
import { ControllerManagerConfig } from '../../lib/spire/controller-manager-config';
import { MetricsNetworkPolicy } from '../../lib/spire/metrics-network-policy';
import { SpireServer } from '../../lib/spire/server';
import { configOf, find, type Manifest, objectsOf, podOf } from '../manifests';
import { clustersOf, loneCluster, NESTED } from '../resolved';

const keysOf = (prometheus: string): string => `spire: { telemetry: { prometheus: ${prometheus} } }`;
const MONITORING = '{ namespace: monitoring, podLabels: { app: prometheus } }';

async function componentsOf(keys: string): Promise<readonly Manifest[]> {
  const cluster = await loneCluster(keys);
  return objectsOf((scope) => {
    new SpireServer(scope, 'server', cluster);
    new SpireAgent(scope, 'agent', cluster);
    new ControllerManagerConfig(scope, 'manager', cluster);
  });
}

const allOf = (cluster: Parameters<typeof buildCluster>[0]): readonly Manifest[] =>
  buildCluster(cluster).flatMap(({ objects }) => objects as readonly Manifest[]);

/** The named ports of all containers of a pod that serve metrics. */
function metricsOf(object: Manifest): Readonly<Record<string, number>> {
  const ports = podOf(object).spec.containers.flatMap((container) => container.ports ?? []);
  return Object.fromEntries(
    ports.filter(({ name }) => name.startsWith('prom')).map(({ name, containerPort }) => [name, containerPort]),
  );
}

const configurationsOf = (objects: readonly Manifest[]) => ({
  server: configOf(objects, 'spire-server', 'server.conf') as { telemetry?: unknown },
  agent: configOf(objects, 'spire-agent', 'agent.conf') as { telemetry?: unknown },
  manager: configOf(objects, 'spire-controller-manager', 'config.yaml') as { metrics: { bindAddress: string } },
});

test('serves no metrics by default', async () => {
  const objects = await componentsOf('');
  const { server, agent, manager } = configurationsOf(objects);
  expect([server.telemetry, agent.telemetry, manager.metrics.bindAddress]).toEqual([
    undefined,
    undefined,
    '127.0.0.1:8082',
  ]);
  expect(metricsOf(find(objects, 'StatefulSet'))).toEqual({});
  expect(allOf(await loneCluster()).filter(({ metadata }) => metadata.name.endsWith('-metrics'))).toEqual([]);
});

test('serves the metrics of server, agent and controller manager at the ports of their containers', async () => {
  const objects = await componentsOf(keysOf('true'));
  const { server, agent, manager } = configurationsOf(objects);
  expect(server.telemetry).toEqual({ Prometheus: { host: '0.0.0.0', port: 9988 } });
  expect(agent.telemetry).toEqual({ Prometheus: { host: '0.0.0.0', port: 9988 } });
  expect(manager.metrics.bindAddress).toBe('0.0.0.0:8082');
  expect(metricsOf(find(objects, 'StatefulSet'))).toEqual({ prom: 9988, 'prom-cm': 8082 });
  expect(metricsOf(find(objects, 'DaemonSet'))).toEqual({ prom: 9988 });
});

test('gives the agent beside a nested server a port that is not the one of the server', async () => {
  const { west } = await clustersOf(`${NESTED}\nspire: { telemetry: { prometheus: true } }`);
  const objects = allOf(west!);
  expect(metricsOf(find(objects, 'StatefulSet'))).toEqual({ prom: 9988, 'prom-cm': 8082, 'prom-upstream': 9989 });
  expect(configOf(objects, 'spire-upstream-agent', 'agent.conf')).toMatchObject({
    telemetry: { Prometheus: { port: 9989 } },
  });
  expect(find(objects, 'NetworkPolicy', 'spire-server-metrics').spec).toMatchObject({
    ingress: [{ ports: [{ port: 9988 }, { port: 8082 }, { port: 9989 }] }],
  });
});

test('opens the ports to the Prometheus of the output', async () => {
  const objects = allOf(await loneCluster(keysOf('true')));
  const from = [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'istio-system' } },
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } },
    },
  ];
  const tcp = (port: number) => ({ port, protocol: 'TCP' });
  const server = find(objects, 'NetworkPolicy', 'spire-server-metrics');
  const agent = find(objects, 'NetworkPolicy', 'spire-agent-metrics');
  expect([server.metadata.namespace, agent.metadata.namespace]).toEqual(['spire-server', 'spire-system']);
  expect(server.spec).toMatchObject({ policyTypes: ['Ingress'], ingress: [{ from, ports: [tcp(9988), tcp(8082)] }] });
  expect(agent.spec).toMatchObject({ policyTypes: ['Ingress'], ingress: [{ from, ports: [tcp(9988)] }] });
});

test.each([
  [MONITORING, [['monitoring', { matchLabels: { app: 'prometheus' } }]]],
  ['{ namespace: monitoring }', [['monitoring', undefined]]],
])('opens the ports to the pods of %s alone', async (prometheus, expected) => {
  const objects = allOf(await loneCluster(keysOf(prometheus)));
  const { ingress } = find(objects, 'NetworkPolicy', 'spire-agent-metrics').spec as {
    ingress: { from: { namespaceSelector: { matchLabels: object }; podSelector?: object }[] }[];
  };
  expect(
    ingress[0]?.from.map(({ namespaceSelector, podSelector }) => [
      Object.values(namespaceSelector.matchLabels)[0],
      podSelector,
    ]),
  ).toEqual(expected);
});

test('has no policies for metrics where the fleet wants none at all', async () => {
  const objects = allOf(await loneCluster('spire: { networkPolicies: false, telemetry: { prometheus: true } }'));
  expect(objects.filter(({ kind }) => kind === 'NetworkPolicy')).toEqual([]);
});

describe('annotations', () => {
  const annotated = keysOf('{ namespace: monitoring, annotations: true }');

  test('lead to one port of server and agent, on demand', async () => {
    const objects = await componentsOf(annotated);
    const asked = { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9988', 'prometheus.io/path': '/metrics' };
    expect(podOf(find(objects, 'StatefulSet')).metadata).toMatchObject({ annotations: asked });
    expect(podOf(find(objects, 'DaemonSet')).metadata).toMatchObject({ annotations: asked });
    expect(JSON.stringify(await componentsOf(keysOf(MONITORING)))).not.toContain('prometheus.io');
  });

  test('are followed by the Prometheus of the output too, which the policies let in', async () => {
    const namespaces = (objects: readonly Manifest[]): unknown =>
      (
        find(objects, 'NetworkPolicy', 'spire-agent-metrics').spec as {
          ingress: { from: { namespaceSelector: { matchLabels: Record<string, string> } }[] }[];
        }
      ).ingress[0]?.from.map(({ namespaceSelector }) => Object.values(namespaceSelector.matchLabels)[0]);
    expect(namespaces(allOf(await loneCluster(annotated)))).toEqual(['monitoring', 'istio-system']);
    expect(namespaces(allOf(await loneCluster(`${annotated}, observability: false`)))).toEqual(['monitoring']);
  });
});

test('lets a cluster turn off what the fleet turns on', async () => {
  const { east } = await clustersOf(
    'fleet: one\nspire: { telemetry: { prometheus: true } }\nclusters: { east: { trustDomain: east.test, spire: { telemetry: { prometheus: false } } } }',
  );
  expect(east?.spire.telemetry).toBeUndefined();
});

test('restarts the pods of server and agents when metrics are turned on', async () => {
  const podsOf = async (keys: string): Promise<readonly unknown[]> => {
    const objects = await componentsOf(keys);
    return [find(objects, 'StatefulSet'), find(objects, 'DaemonSet')].map((object) => podOf(object).metadata);
  };
  const [before, after] = [await podsOf(''), await podsOf(keysOf('true'))];
  expect(after[0]).not.toEqual(before[0]);
  expect(after[1]).not.toEqual(before[1]);
});

test('is scraped by a job of the Prometheus of the output, in the namespaces of SPIRE', async () => {
  const jobsOf = async (keys: string): Promise<readonly { job_name: string }[]> => {
    const { data } = find(allOf(await loneCluster(keys)), 'ConfigMap', 'prometheus');
    return (parse(data?.['prometheus.yml'] ?? '') as { scrape_configs: { job_name: string }[] }).scrape_configs;
  };
  expect((await jobsOf('')).map(({ job_name }) => job_name)).toEqual(['kubernetes-pods']);
  expect((await jobsOf(keysOf(MONITORING))).map(({ job_name }) => job_name)).toEqual(['kubernetes-pods']);
  expect((await jobsOf(keysOf('true')))[1]).toMatchObject({
    job_name: 'spire',
    kubernetes_sd_configs: [{ role: 'pod', namespaces: { names: ['spire-server', 'spire-system'] } }],
  });
});

test('accepts telemetry in constructs without a fleet', () => {
  const spire = {
    telemetry: {
      prometheus: { scrapers: [{ namespace: 'monitoring', podLabels: {} }], byOutput: false, annotations: false },
    },
  };
  const objects = objectsOf((scope) => {
    new SpireServer(scope, 'server', { trustDomain: 'a.test', spire });
    new MetricsNetworkPolicy(scope, 'metrics', { spire, of: 'server' });
  });
  expect(metricsOf(find(objects, 'StatefulSet'))).toEqual({ prom: 9988, 'prom-cm': 8082 });
  expect(find(objects, 'NetworkPolicy').metadata.namespace).toBe('spire-server');
});
