/** Proves that the metrics of SPIRE arrive in the Prometheus of the output, and that nobody else gets them. */
import { join } from 'node:path';
import { ISTIO, OBSERVABILITY, SPIRE_AGENT } from '../../../lib/model/names';
import { METRICS, METRICS_PATH } from '../../../lib/model/spire/metrics-endpoints';
import type { Cluster } from '../cluster/cluster';
import { run } from '../machine/command';
import { waitFor } from '../machine/wait';
import type { Stage } from '../stage';
import { waitForPods } from './pods';
import { expect, type Proof } from './proof';
import { NAMESPACE, removePods, startCaller } from './several-nodes';
import { productionCluster, waitForServers } from './several-servers';

export const metricsProof: Proof = {
  name: 'the metrics of each server, agent and controller manager arrive in Prometheus, and a stranger gets none',
  prove: async (stage) => {
    const cluster = productionCluster(stage);
    stage.fleet.change((document) =>
      document.setIn(['clusters', cluster.name, 'spire', 'telemetry'], { prometheus: true }),
    );
    await restartPrometheus(stage, cluster);
    await stage.applyAll();
    await waitForServers(stage, cluster);
    await rolledOut(cluster, `daemonset/${SPIRE_AGENT.name}`, stage.resolveCluster(cluster).spire.agentNamespace);
    await waitForPods(stage, cluster);
    const expected = await targetsOf(cluster);
    const seen: string[] = [];
    for (const [container, metric] of Object.entries(METRIC_OF)) {
      const pods = expected.filter((target) => target.startsWith(`${container} `));
      await waitFor(`${metric} of ${pods.length} pods`, () => expectSeries(cluster, metric, pods), { timeout: 120 });
      seen.push(`${metric} of ${pods.length}`);
    }
    const up = await waitFor('every target', () => expectSeries(cluster, 'up{job="spire"} == 1', expected), {
      timeout: 60,
    });
    const closed = await expectClosed(stage, cluster);
    return `${up} targets are up; ${seen.join(', ')}; closed to a stranger: ${closed.join(', ')}`;
  },
};

/** A metric that every container has which runs well, by its name. */
const METRIC_OF = {
  'spire-server': 'spire_server_manager_x509_ca_rotate_expiration > time()',
  'spire-controller-manager': 'sum by (container, pod) (rest_client_requests_total{code="200"})',
  'spire-agent': 'spire_agent_manager_sync_fetch_entries_updates{status="OK"}',
} as const;

/** Container and pod of each endpoint that must be scraped. */
async function targetsOf(cluster: Cluster): Promise<readonly string[]> {
  const pods = await cluster.kubectl.list(['pods', '-A', '-l', 'app.kubernetes.io/part-of=spire']);
  return pods.flatMap(({ metadata, spec }) =>
    (spec as { readonly containers: readonly { readonly name: string }[] }).containers
      .filter(({ name }) => name in METRIC_OF)
      .map(({ name }) => `${name} ${metadata.name}`),
  );
}

/** Fails unless a query has results for exactly these containers and pods. */
async function expectSeries(cluster: Cluster, query: string, targets: readonly string[]): Promise<number> {
  const found = (await queryPrometheus(cluster, query)).map(({ container, pod }) => `${container} ${pod}`);
  const [want, got] = [new Set(targets), new Set(found)];
  const missing = [...want].filter((target) => !got.has(target));
  const excess = [...got].filter((target) => !want.has(target));
  expect(want.size > 0 && missing.length + excess.length === 0, `${query}: lacks ${missing}; has ${excess} beside`);
  return got.size;
}

interface Answer {
  readonly data: { readonly result: readonly { readonly metric: Readonly<Record<string, string>> }[] };
}

/** Labels of each series that an instant query finds. */
async function queryPrometheus(cluster: Cluster, query: string): Promise<readonly Readonly<Record<string, string>>[]> {
  const forward = cluster.kubectl.commandLine([
    ...['port-forward', '-n', ISTIO.namespace, `deployment/${OBSERVABILITY.prometheus}`],
    `${LOCAL_PORT}:${OBSERVABILITY.prometheusPort}`,
  ]);
  const script = `port=$1 query=$2; shift 2
"$@" >/dev/null 2>&1 & forward=$!
trap 'kill $forward' EXIT
nsenter --target=${cluster.node.pid} --net -- curl -sS --fail -G --retry 20 --retry-connrefused --retry-delay 1 \\
  --data-urlencode "query=$query" "http://127.0.0.1:$port/api/v1/query"`;
  const text = await run(['sh', '-c', script, 'sh', String(LOCAL_PORT), query, ...forward], { timeout: 40 });
  return (JSON.parse(text) as Answer).data.result.map(({ metric }) => metric);
}

/** At the loopback address of the first node. */
const LOCAL_PORT = 19090;

/** On the first node, which alone has its image. */
async function restartPrometheus(stage: Stage, cluster: Cluster): Promise<void> {
  await cluster.closeWorkers();
  await cluster.kubectl.applyFolder(join(stage.fleet.dist, cluster.name, 'observability'));
  await rolledOut(cluster, `deployment/${OBSERVABILITY.prometheus}`, ISTIO.namespace);
  await cluster.openWorkers();
}

async function rolledOut(cluster: Cluster, workload: string, namespace: string): Promise<void> {
  await cluster.kubectl.run(['rollout', 'status', '-n', namespace, workload, '--timeout=180s'], { timeout: 190 });
}

/** Fails if a pod outside of the mesh gets metrics of a server or an agent. */
async function expectClosed(stage: Stage, cluster: Cluster): Promise<readonly string[]> {
  await startCaller(stage, cluster, 'stranger');
  const closed: string[] = [];
  for (const [component, { port }] of [
    ['spire-server', METRICS.server],
    ['spire-server', METRICS.controllerManager],
    ['spire-agent', METRICS.agent],
  ] as const) {
    const [pod] = await cluster.kubectl.list(['pods', '-A', '-l', `app.kubernetes.io/name=${component}`]);
    const podIP = (pod?.status as { readonly podIP?: string } | undefined)?.podIP ?? '';
    const command = ['curl', '-s', '--max-time', '3', '-o', '/dev/null', `http://${podIP}:${port}${METRICS_PATH}`];
    const { code } = await cluster.kubectl.exec({ namespace: NAMESPACE, workload: 'pod/stranger' }, command);
    expect(code === 28 || code === 7, `${component} answers a stranger at ${port}: curl ended with ${code}`);
    closed.push(`${component}:${port}`);
  }
  await removePods(cluster);
  return closed;
}
