/** Proves that a first apply of everything at once, in the wrong order, converges by repetition alone. */
import { basename, join } from 'node:path';
import type { Cluster } from '../cluster/cluster';
import { startIstio } from '../fleet/install-istio';
import { provideSecrets } from '../fleet/provide-secrets';
import { readTree } from '../fleet/work-fleet';
import { timed, waitFor } from '../machine/wait';
import type { Stage } from '../stage';
import { waitForPage } from './page';
import { waitForPods } from './pods';
import { expect, type Proof } from './proof';
import { reasonOf } from './run-proofs';

export const anyOrderProofs: readonly Proof[] = [
  {
    name: 'two empty clusters converge when everything is applied at once, from the last to the first and Istio at the very end',
    prove: async (stage) => {
      stage.fleet.restore();
      await Promise.all(stage.clusters.map((cluster) => cluster.destroy()));
      await Promise.all(stage.clusters.map((cluster) => stage.startAgain(cluster)));
      const { seconds, result } = await timed(async () => {
        const rounds = await Promise.all(stage.clusters.map((cluster) => applyUntilAccepted(stage, cluster)));
        await Promise.all(stage.clusters.map((cluster) => waitForPods(stage, cluster)));
        await waitForPage(stage, 120);
        return rounds;
      });
      stage.appliedAt = Date.now();
      return `${result.join(' and ')}; the page was served ${seconds} s after the first apply`;
    },
  },
];

/** Rounds in which pods could start without a proxy, if something let them. */
const ROUNDS_WITHOUT_ISTIO = 3;

/** Applies file by file, from the last layer to the first, and starts over until nothing is refused. */
async function applyUntilAccepted(stage: Stage, cluster: Cluster): Promise<string> {
  let rounds = 0;
  await waitFor(
    `acceptance of everything in ${cluster.name}`,
    async () => {
      rounds++;
      const refusals: string[] = [];
      const attempt = async (work: () => Promise<unknown>): Promise<void> => {
        await work().catch((error: unknown) => refusals.push(reasonOf(error)));
      };
      for (const path of filesFromTheLast(stage, cluster)) {
        await attempt(() => cluster.kubectl.run(['apply', '--server-side', '-f', path]));
      }
      await attempt(() => provideSecrets(cluster, stage.resolveCluster(cluster), stage.fleet));
      // Its own resources wait for it; all else is there before, pods included.
      if (rounds > ROUNDS_WITHOUT_ISTIO) await attempt(() => startIstio(cluster, stage.istio));
      else refusals.push('Istio is not installed yet');
      expect(refusals.length === 0, `${refusals.length} refusals in round ${rounds}: ${refusals[0]}`);
    },
    { timeout: 240, interval: 5 },
  );
  return `${cluster.name} took everything in round ${rounds}`;
}

function filesFromTheLast(stage: Stage, { name }: Cluster): readonly string[] {
  const folder = join(stage.fleet.dist, name);
  return [...readTree(folder).keys()]
    .filter((path) => path.endsWith('.yaml') && basename(path) !== 'kustomization.yaml')
    .map((path) => join(folder, path))
    .reverse();
}
