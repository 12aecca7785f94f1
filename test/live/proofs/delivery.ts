/** Proves of a GitOps tool that it brings a fleet up from its repository, keeps it, changes it, and removes only what it may. */
import { join } from 'node:path';
import type { Document } from 'yaml';
import type { Cluster } from '../cluster/cluster';
import type { KubernetesObject } from '../cluster/kubectl';
import { provideSecrets } from '../fleet/provide-secrets';
import { Hosting } from '../gitops/hosting';
import type { GitOpsTool } from '../gitops/tool';
import { timed, waitFor } from '../machine/wait';
import type { Stage } from '../stage';
import { waitForPage } from './page';
import { podStates } from './pod-states';
import { waitForPods } from './pods';
import { expect, type Proof } from './proof';

/** How often Flux compares clusters with the repository by itself: the least that it documents. */
const INTERVAL = '1m';

/** As often each unit is compared with its cluster before it is said to be steady. */
const RECONCILIATIONS = 10;

/** The same for every tool, on clusters that are empty at first. */
export function deliveryProofs(tool: GitOpsTool): readonly Proof[] {
  return [
    {
      name: `${tool.name} brings two empty clusters up from the repository, with nothing done by hand but the Secrets`,
      // It starts the clusters as well, unless they are new.
      deadline: 900,
      prove: (stage) => bringUp(tool, stage),
    },
    {
      name: `${tool.name} finds nothing to change in ${RECONCILIATIONS} reconciliations`,
      prove: (stage) => staySteady(tool, stage),
    },
    {
      name: `${tool.name} rolls out a changed fleet, and prunes a workload and a layer that are gone`,
      prove: (stage) => rollOut(tool, stage),
    },
    {
      name: `${tool.name} leaves everything on a cluster that is taken out of the repository`,
      prove: (stage) => takeOut(tool, stage),
    },
  ];
}

/** One for a run; its repository goes on from tool to tool. */
let hosting: Hosting | undefined;
/** Whether the clusters hold what an earlier proof did. */
let used = false;
let commit = '';

function hostOf({ clusters }: Stage): Cluster {
  const [host] = clusters;
  if (host === undefined) throw new Error('the fleet has no cluster');
  return host;
}

async function bringUp(tool: GitOpsTool, stage: Stage): Promise<string> {
  const host = hostOf(stage);
  if (used) {
    await Promise.all(stage.clusters.map((cluster) => cluster.destroy()));
    await Promise.all(stage.clusters.map((cluster) => stage.startAgain(cluster)));
  }
  used = true;
  hosting ??= await Hosting.make(stage, host);
  const { url, charts, repository } = hosting;
  stage.fleet.restore();
  stage.fleet.change((document) => {
    document.set('delivery', {
      repo: url,
      charts,
      tools: ['flux', 'argocd'],
      flux: { runs: 'in-one-cluster', poll: '5s', interval: INTERVAL },
      argocd: { clusterNames: { [host.name]: 'in-cluster' } },
    });
  });
  commit = await repository.commit('Describe the fleet');
  await hosting.serve(host);
  for (const cluster of stage.clusters) {
    await cluster.kubectl.applyFolder(join(stage.fleet.dist, cluster.name, 'namespaces'));
    await provideSecrets(cluster, stage.resolveCluster(cluster), stage.fleet);
  }
  await tool.install(stage, host, hosting);
  const { seconds, result } = await timed(async () => {
    await tool.bootstrap(stage, host);
    const seen = await ready(tool, stage, 600);
    await Promise.all(stage.clusters.map((cluster) => waitForPods(stage, cluster, 120)));
    await waitForPage(stage, 120);
    return seen;
  });
  return `${result} are ready at ${commit.slice(0, 8)} ${seconds} s after the first apply, and the page is served`;
}

function ready(tool: GitOpsTool, stage: Stage, timeout: number): Promise<string> {
  const host = hostOf(stage);
  return waitFor(
    `readiness of everything at ${commit.slice(0, 8)}`,
    () => {
      host.node.checkPrograms();
      return tool.checkReady(host, commit);
    },
    { timeout, interval: 2 },
  );
}

async function staySteady(tool: GitOpsTool, stage: Stage): Promise<string> {
  const host = hostOf(stage);
  await ready(tool, stage, 180);
  const before = await statesOf(stage);
  const changes = await tool.changes(host);
  const { seconds, result } = await timed(() => waitForReconciliations(tool, host, RECONCILIATIONS, Math.min));
  const after = await statesOf(stage);
  const changed = [...before].filter(([key, state]) => after.get(key) !== state).map(([key]) => key);
  expect(changed.length === 0, `changed: ${changed.join(', ')}`);
  const now = await tool.changes(host);
  expect(now === changes, `it made or saw changes: ${changes} became ${now}`);
  return `${before.size} objects as they were after ${seconds} s, in which each of ${result} units was compared ${RECONCILIATIONS} times or more`;
}

/**
 * Waits until the units were compared so many times more, and asks for each comparison once the one before is over:
 * a unit is not compared while one that it depends on is.
 * @param pick which of the units' counts is looked at: the least or the greatest
 * @returns the number of units
 */
async function waitForReconciliations(
  tool: GitOpsTool,
  host: Cluster,
  times: number,
  pick: (...counts: readonly number[]) => number,
): Promise<number> {
  const start = tool.reconciliations(host);
  let requested = 0;
  return waitFor(
    `${times} reconciliations`,
    async () => {
      const counts = [...tool.reconciliations(host)].map(([name, count]) => count - (start.get(name) ?? 0));
      const seen = pick(...counts);
      if (seen >= requested && seen < times) {
        requested = seen + 1;
        await tool.requestReconciliation?.(host);
      }
      expect(counts.length > 0 && seen >= times, `there were ${seen}`);
      return counts.length;
    },
    { timeout: 400, interval: 2 },
  );
}

/** What only a change of content changes, of every object of dist/. */
async function statesOf({ clusters, fleet }: Stage): Promise<ReadonlyMap<string, string>> {
  const states = await Promise.all(
    clusters.map(async ({ kubectl, name }) => {
      const objects = await kubectl.list(['-k', join(fleet.dist, name)]);
      return objects.map((object) => [`${name}: ${keyOf(object)}`, stateOf(object)] as const);
    }),
  );
  return new Map(states.flat());
}

function keyOf({ kind, metadata }: KubernetesObject): string {
  return [kind, metadata.namespace, metadata.name].filter(Boolean).join('/');
}

/** Status moves the version of an object but not its generation; what has no status has no generation. */
function stateOf({ metadata }: KubernetesObject): string {
  return `${metadata.uid} ${metadata.generation ?? metadata.resourceVersion}`;
}

async function rollOut(tool: GitOpsTool, stage: Stage): Promise<string> {
  const { called, caller } = stage.walkthrough;
  const [target, source] = [stage.findCluster(called.cluster), stage.findCluster(caller.cluster)];
  await changeFleet(stage, 'Change a route, add a workload, remove a layer', (document) => {
    document.setIn(['workloads', 'bookinfo', 'routes'], ['/productpage', '/login']);
    document.setIn(['clusters', target.name, 'observability'], false);
    document.setIn(['workloads', 'idle'], { cluster: source.name, preset: 'curl-greeter', namespace: 'idle' });
  });
  const { seconds: first } = await timed(() => ready(tool, stage, 240));
  await Promise.all(stage.clusters.map((cluster) => waitForPods(stage, cluster, 60)));
  const routes = await target.kubectl.run(['get', 'virtualservices', '-A', '-o', 'yaml']);
  expect(routes.includes('/login'), 'the new route is not there');
  const kiali = await target.kubectl.tryRun(['get', 'deployment', '-n', 'istio-system', 'kiali']);
  expect(kiali.code !== 0, 'the layer that is gone is still there');

  await changeFleet(stage, 'Remove a workload', (document) => document.deleteIn(['workloads', 'idle']));
  const { seconds: second } = await timed(async () => {
    await ready(tool, stage, 240);
    await waitFor(
      'end of the removed workload',
      async () => {
        const { stdout } = await source.kubectl.tryRun(['get', 'deployments,pods', '-n', 'idle', '-o', 'name']);
        expect(stdout.trim() === '', `there are ${stdout}`);
      },
      { timeout: 120 },
    );
  });
  await source.kubectl.run(['get', 'namespace', 'idle']);
  await waitForPage(stage, 60);
  return `a route, a new workload and a layer less after ${first} s; the workload removed after ${second} s, its namespace kept; the page is served`;
}

async function changeFleet(stage: Stage, message: string, edit: (document: Document) => void): Promise<void> {
  stage.fleet.change(edit);
  if (hosting === undefined) throw new Error('no repository was made');
  commit = await hosting.repository.commit(message);
}

async function takeOut(tool: GitOpsTool, stage: Stage): Promise<string> {
  const host = hostOf(stage);
  const removed = stage.findCluster(stage.walkthrough.called.cluster);
  expect(removed.name !== host.name, 'the tool runs beside the cluster that would be removed');
  const before = await podsOf(removed);
  const objects = await statesOf(stage);
  await changeFleet(stage, 'Take a cluster out', (document) => {
    document.deleteIn(['clusters', removed.name]);
    document.delete('federation');
    document.deleteIn(['workloads', 'bookinfo']);
    document.deleteIn(['workloads', 'curl-greeter', 'calls']);
    document.deleteIn(['delivery', 'argocd', 'clusterNames', removed.name]);
  });
  const seen = await waitFor('the removal', () => tool.checkRemoval(host, commit, removed.name), {
    timeout: 180,
    interval: 2,
  });
  // Units of the removed cluster stand still, so that the busiest one is looked at.
  await waitForReconciliations(tool, host, 3, Math.max);
  expect((await podsOf(removed)) === before, `pods of ${removed.name} changed`);
  const server = stage.findCluster(removed.name).kubectl;
  const state = stateOf(await server.get(['statefulset', '-n', 'spire-server', 'spire-server']));
  const key = `${removed.name}: StatefulSet/spire-server/spire-server`;
  expect(objects.get(key) === state, `the SPIRE server was ${objects.get(key)} and is ${state}`);
  return `${seen}; its SPIRE server and all ${before.split('\n').length} pods are the same as before`;
}

async function podsOf(cluster: Cluster): Promise<string> {
  expect(
    (await podStates(cluster)).every(({ ready, containers }) => ready === containers),
    'a pod is not ready',
  );
  const pods = await cluster.kubectl.list(['pods', '-A']);
  return pods
    .map(({ metadata }) => `${metadata.namespace}/${metadata.name} ${metadata.uid}`)
    .sort()
    .join('\n');
}
