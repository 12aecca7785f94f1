/** Proves that dist/ is what the clusters hold: applied again it changes nothing, and reconciliation moved nothing away from it. */
import { join } from 'node:path';
import type { Cluster } from '../cluster/cluster';
import type { KubernetesObject } from '../cluster/kubectl';
import type { Stage } from '../stage';
import { expect, type Proof } from './proof';

export const steadinessProofs: readonly Proof[] = [
  {
    name: 'a server-side diff of dist/ is empty after reconciliation',
    prove: async (stage) => {
      for (const cluster of stage.clusters) {
        const command = ['diff', '--server-side', '-k', folderOf(stage, cluster)];
        const { code, stdout, stderr } = await cluster.kubectl.tryRun(command);
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
        await cluster.kubectl.applyFolder(folderOf(stage, cluster));
        const after = await statesOf(stage, cluster);
        const changed = [...before].filter(([name, state]) => after.get(name) !== state).map(([name]) => name);
        expect(changed.length === 0 && before.size === after.size, `${cluster.name}: ${changed.join(', ')}`);
        counts.push(`${after.size} objects of ${cluster.name}`);
      }
      return `${counts.join(' and ')} are as before, generation included`;
    },
  },
];

const folderOf = (stage: Stage, { name }: Cluster): string => join(stage.fleet.dist, name);

/** Object → all of it that nobody but its owners writes. */
async function statesOf(stage: Stage, cluster: Cluster): Promise<ReadonlyMap<string, string>> {
  const objects = await cluster.kubectl.list(['-k', folderOf(stage, cluster)]);
  return new Map(objects.map((object) => [nameOf(object), JSON.stringify(lasting(object))]));
}

function nameOf({ kind, metadata }: KubernetesObject): string {
  return [kind, metadata.namespace, metadata.name].filter(Boolean).join('/');
}

/** Controllers write the status at any time, and with it the resource version and the times of managed fields. */
function lasting({ status: _status, ...object }: KubernetesObject): unknown {
  const { resourceVersion: _version, managedFields: _fields, ...metadata } = object.metadata;
  return { ...object, metadata };
}
