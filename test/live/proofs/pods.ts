/** Proves that every pod runs, with the containers that the walkthrough's architecture has, and stays up. */
import type { Cluster } from '../cluster/cluster';
import { waitFor } from '../machine/wait';
import type { Stage } from '../stage';
import { expectedPods } from './expected-pods';
import { podStates } from './pod-states';
import { expect, type Proof } from './proof';

export const readinessProof: Proof = {
  name: 'every pod is Ready with the containers of the walkthrough',
  prove: async (stage) => {
    const seen = await Promise.all(stage.clusters.map((cluster) => waitForPods(stage, cluster)));
    for (const cluster of stage.clusters) settled.set(cluster.name, await restartsOf(cluster));
    return seen.join('; ');
  },
};

/** Restarts by cluster, when all pods were ready for the first time. */
const settled = new Map<string, Readonly<Record<string, number>>>();

/** To be run a while after the first, before anything is restarted on purpose. */
export const stabilityProof: Proof = {
  name: 'no container has restarted since all were ready',
  prove: async (stage) => {
    const counts: string[] = [];
    for (const cluster of stage.clusters) {
      const before = settled.get(cluster.name);
      expect(before !== undefined, 'nobody has seen all pods ready');
      const after = await restartsOf(cluster);
      const changed = Object.entries(before).filter(([container, restarts]) => after[container] !== restarts);
      expect(
        changed.length === 0,
        `${cluster.name}: ${changed.map(([container]) => container)} restarted or went away`,
      );
      counts.push(`${Object.keys(before).length} containers of ${cluster.name}`);
    }
    return `${counts.join(' and ')}, for ${Math.round((Date.now() - stage.appliedAt) / 1000)} s`;
  },
};

/** Waits until exactly the pods that the model expects are ready; each with READY as kubectl shows it. */
export function waitForPods(stage: Stage, cluster: Cluster, timeout = 240): Promise<string> {
  const expected = expectedPods(stage.resolveCluster(cluster), cluster.nodes.length).map(
    ({ madeBy, containers }) => `${madeBy} ${containers}/${containers}`,
  );
  return waitFor(
    `pods of ${cluster.name}`,
    async () => {
      cluster.node.checkPrograms();
      const seen = (await podStates(cluster)).map(
        ({ madeBy, ready, containers }) => `${madeBy} ${ready}/${containers}`,
      );
      const [missing, surplus] = [without(expected, seen), without(seen, expected)];
      expect(
        missing.length + surplus.length === 0,
        `missing: ${missing.join(', ')}; there instead: ${surplus.join(', ')}`,
      );
      return `${cluster.name}: ${[...seen].sort().join(', ')}`;
    },
    { timeout, interval: 2 },
  );
}

/** What one list has more often than the other. */
function without(items: readonly string[], others: readonly string[]): readonly string[] {
  const rest = [...others];
  return items.filter((item) => {
    const index = rest.indexOf(item);
    if (index >= 0) rest.splice(index, 1);
    return index < 0;
  });
}

async function restartsOf(cluster: Cluster): Promise<Readonly<Record<string, number>>> {
  const states = await podStates(cluster);
  return Object.assign({}, ...states.map(({ restarts }) => restarts)) as Record<string, number>;
}
