/** Proves that dist/ is what the clusters hold: applied again it changes nothing, and reconciliation moved nothing away from it. */
import { join } from 'node:path';
import type { Cluster } from '../cluster/cluster';
import type { Stage } from '../stage';
import { expect, type Proof } from './proof';

export const steadinessProofs: readonly Proof[] = [
  {
    name: 'a server-side diff of dist/ is empty after reconciliation',
    prove: async (stage) => {
      for (const cluster of stage.clusters) {
        const { code, stdout, stderr } = await cluster.tryKubectl([
          'diff',
          '--server-side',
          '-k',
          folderOf(stage, cluster),
        ]);
        expect(code === 0, `${cluster.name}: ${stdout || stderr}`);
      }
      return `no difference ${Math.round((Date.now() - stage.appliedAt) / 1000)} s after the apply`;
    },
  },
  {
    name: 'dist/ applied again changes no object',
    prove: async (stage) => {
      const counts: string[] = [];
      for (const cluster of stage.clusters) {
        const before = await statesOf(stage, cluster);
        await cluster.kubectl(['apply', '--server-side', '-k', folderOf(stage, cluster)]);
        const after = await statesOf(stage, cluster);
        const changed = [...after].filter(([name, state]) => before.get(name) !== state).map(([name]) => name);
        expect(changed.length === 0, `${cluster.name}: ${changed.join(', ')}`);
        counts.push(`${after.size} objects of ${cluster.name}`);
      }
      return `${counts.join(' and ')} as before`;
    },
  },
];

const folderOf = (stage: Stage, { name }: Cluster): string => join(stage.fleet.dist, name);

/** Object → generation; for kinds that count none, the version that any write would move. */
async function statesOf(stage: Stage, cluster: Cluster): Promise<ReadonlyMap<string, string>> {
  const objects = await cluster.list(['-k', folderOf(stage, cluster)]);
  return new Map(
    objects.map(({ kind, metadata }) => [
      `${kind} ${metadata.namespace ?? ''}/${metadata.name}`,
      metadata.generation === undefined ? `version ${metadata.resourceVersion}` : `generation ${metadata.generation}`,
    ]),
  );
}
