/** Proves that restarts pass: of the server, of an agent, of a whole node. */
import { timed, waitFor } from '../machine/wait';
import type { Stage } from '../stage';
import { PAGE, statusOf } from './calls';
import { waitForPods } from './pods';
import { expect, type Proof } from './proof';
import { SpireServerCommand } from './spire-server';
import { TrafficWatch } from './traffic-watch';

export const resilienceProofs: readonly Proof[] = [
  {
    name: 'a server whose pod is deleted comes back with the same CA and the same entries, and no call fails meanwhile',
    prove: async (stage) => {
      const before = await serverStates(stage);
      const watch = TrafficWatch.start(stage);
      const { seconds } = await timed(() =>
        restart(stage, 'spire-server', 'statefulset/spire-server', 'pod/spire-server-0'),
      );
      const after = await serverStates(stage);
      const calls = await watch.stopUninterrupted();
      expect(JSON.stringify(before) === JSON.stringify(after), `before ${before.join()}\nafter ${after.join()}`);
      return `both back after ${seconds} s with the same authorities and entries; ${calls}`;
    },
  },
  {
    name: 'pods get their SVIDs from an agent that was restarted, and no call fails meanwhile',
    prove: async (stage) => {
      const watch = TrafficWatch.start(stage);
      const { seconds } = await timed(() => restart(stage, 'spire-system', 'daemonset/spire-agent'));
      const calls = await watch.stopUninterrupted();
      // A proxy that starts now asks the new agent.
      await restart(stage, 'bookinfo', 'deployment/productpage-v1', undefined, ['cluster2']);
      await waitForPage(stage, 60);
      return `both back after ${seconds} s; ${calls}; a new productpage is served`;
    },
  },
  {
    name: 'everything comes back after both nodes lose power',
    prove: async (stage) => {
      const { seconds: booting } = await timed(() => Promise.all(stage.clusters.map((cluster) => cluster.reboot())));
      const { seconds: starting } = await timed(async () => {
        await Promise.all(stage.clusters.map((cluster) => waitForPods(cluster)));
        await waitForPage(stage, 60);
      });
      return `nodes Ready after ${booting} s, pods Ready and the page served ${starting} s later`;
    },
  },
];

export function waitForPage(stage: Stage, timeout: number): Promise<string> {
  return waitFor(
    'answer of the product page',
    async () => {
      const status = await statusOf(stage, PAGE);
      expect(status === '200', `it is ${status}`);
      return status;
    },
    { timeout },
  );
}

/** Deletes the pods of a workload and waits for the new ones. */
async function restart(
  stage: Stage,
  namespace: string,
  workload: string,
  pod?: string,
  only: readonly string[] = stage.clusters.map(({ name }) => name),
): Promise<void> {
  await Promise.all(
    only.map(async (name) => {
      const cluster = stage.findCluster(name);
      await (pod === undefined
        ? cluster.kubectl(['rollout', 'restart', '-n', namespace, workload])
        : cluster.kubectl(['delete', '-n', namespace, pod, '--wait=true']));
      await cluster.kubectl(['rollout', 'status', '-n', namespace, workload, '--timeout=120s'], { timeout: 130 });
    }),
  );
}

/** What must survive: the CA that signs, and the id of every entry. */
function serverStates(stage: Stage): Promise<readonly string[]> {
  return Promise.all(
    stage.clusters.map(async (cluster) => {
      const server = new SpireServerCommand(cluster);
      const authority = await server.text(['localauthority', 'x509', 'show']);
      const entries = (await server.entries()).map(({ id }) => id).sort();
      return `${authority.trim()} ${entries.join(' ')}`;
    }),
  );
}
