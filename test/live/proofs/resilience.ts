/** Proves that restarts pass: of the server, of an agent, of whole nodes. */
import { SPIRE_AGENT, SPIRE_SERVER } from '../../../lib/model/names';
import type { Cluster } from '../cluster/cluster';
import { timed, waitFor } from '../machine/wait';
import type { Stage } from '../stage';
import { waitForPage } from './page';
import { podStates } from './pod-states';
import { waitForPods } from './pods';
import { expect, type Proof } from './proof';
import { callThroughout } from './traffic-watch';

export const resilienceProofs: readonly Proof[] = [
  {
    name: 'a server whose pod is deleted comes back with the same CA and the same entries, and no call fails meanwhile',
    prove: async (stage) => {
      const before = await serverStates(stage);
      let seconds = 0;
      const calls = await callThroughout(stage, async () => {
        ({ seconds } = await timed(() => onAll(stage, (cluster) => deleteServer(stage, cluster))));
      });
      const after = await serverStates(stage);
      expect(before.join() === after.join(), `before ${before.join()}\nafter ${after.join()}`);
      return `both back after ${seconds} s with the same authorities and entries; ${calls}`;
    },
  },
  {
    name: 'pods get their SVIDs from agents that were restarted, and no call fails meanwhile',
    prove: async (stage) => {
      let seconds = 0;
      const calls = await callThroughout(stage, async () => {
        ({ seconds } = await timed(() =>
          onAll(stage, (cluster) => {
            const { agentNamespace } = stage.resolveCluster(cluster).spire;
            return restart(cluster, agentNamespace, `daemonset/${SPIRE_AGENT.name}`);
          }),
        ));
      });
      // Proxies that start now ask the new agents.
      const { caller, called } = stage.walkthrough;
      await restart(stage.findCluster(called.cluster), called.namespace, 'deployment/productpage-v1');
      await restart(stage.findCluster(caller.cluster), caller.namespace, caller.workload);
      await waitForPage(stage, 60);
      return `both back after ${seconds} s; ${calls}; a new caller gets the page from a new product page`;
    },
  },
  {
    name: 'everything comes back after every process of both nodes is killed at once',
    prove: async (stage) => {
      const before = await containersOf(stage);
      const { seconds: booting } = await timed(() => onAll(stage, (cluster) => cluster.reboot()));
      const { seconds: starting } = await timed(async () => {
        await waitFor(
          'new containers in place of all',
          async () => {
            const kept = (await containersOf(stage)).filter((id) => before.includes(id));
            expect(kept.length === 0, `${kept.length} of ${before.length} containers are those from before`);
          },
          { timeout: 120 },
        );
        await onAll(stage, (cluster) => waitForPods(stage, cluster));
        await waitForPage(stage, 60);
      });
      return `nodes Ready after ${booting} s; ${before.length} containers started anew and the page served ${starting} s later`;
    },
  },
];

async function onAll(stage: Stage, work: (cluster: Cluster) => Promise<unknown>): Promise<void> {
  await Promise.all(stage.clusters.map(work));
}

async function deleteServer(stage: Stage, cluster: Cluster): Promise<void> {
  const { serverNamespace } = stage.resolveCluster(cluster).spire;
  const { kubectl } = cluster;
  await kubectl.run(['delete', 'pod', '-n', serverNamespace, `${SPIRE_SERVER.name}-0`]);
  const rollout = ['rollout', 'status', '-n', serverNamespace, `statefulset/${SPIRE_SERVER.name}`, '--timeout=120s'];
  await kubectl.run(rollout, { timeout: 130 });
}

async function restart({ kubectl }: Cluster, namespace: string, workload: string): Promise<void> {
  await kubectl.run(['rollout', 'restart', '-n', namespace, workload]);
  await kubectl.run(['rollout', 'status', '-n', namespace, workload, '--timeout=120s'], { timeout: 130 });
}

async function containersOf(stage: Stage): Promise<readonly string[]> {
  const states = await Promise.all(stage.clusters.map(podStates));
  return states.flat().flatMap(({ containerIds }) => containerIds);
}

/** What must survive: the CA that signs, and the id of every entry. */
function serverStates(stage: Stage): Promise<readonly string[]> {
  return Promise.all(
    stage.clusters.map(async (cluster) => {
      const server = stage.spireServer(cluster);
      const entries = (await server.entries()).map(({ id }) => id).sort();
      return `${(await server.x509Authorities()).trim()} ${entries.join(' ')}`;
    }),
  );
}
