/** Proves that ending a federation in the fleet ends the access, and tells what SPIRE keeps. */
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import type { Cluster } from '../cluster/cluster';
import { readTree } from '../fleet/work-fleet';
import { timed, waitFor } from '../machine/wait';
import type { Stage } from '../stage';
import { PAGE, statusOf } from './calls';
import { expect, type Proof } from './proof';
import { SpireServerCommand } from './spire-server';
import { filesArguments, putSvidFiles } from './traffic';

export const removalProofs: readonly Proof[] = [
  {
    name: 'removing the federation from the fleet and applying with pruning ends the access',
    prove: async (stage) => {
      await putSvidFiles(stage, 'spiffe://cluster1.demo/curl-greeter', 'caller');
      expect((await statusOf(stage, PAGE)) === '200', 'there was no access to end');
      const before = new Map(stage.clusters.map((cluster) => [cluster.name, objectsOf(stage, cluster)]));
      stage.fleet.change((document) => {
        document.delete('federation');
        document.deleteIn(['workloads', 'curl-greeter', 'calls']);
      });
      const { seconds, result } = await timed(async () => {
        const pruned = await Promise.all(
          stage.clusters.map((cluster) => applyWithPruning(stage, cluster, before.get(cluster.name) ?? new Map())),
        );
        await waitFor('refusal', () => refused(stage), { timeout: 120 });
        return pruned;
      });
      return `refused ${seconds} s after the apply began; pruned ${result.join('; ')}; ${await whatRemains(stage)}`;
    },
  },
];

type Objects = ReadonlyMap<string, unknown>;

/** Object → its manifest, of everything in dist/ for a cluster. */
function objectsOf(stage: Stage, { name }: Cluster): Objects {
  const files = [...readTree(join(stage.fleet.dist, name))].filter(([path]) => !path.endsWith('kustomization.yaml'));
  const objects = files.flatMap(([, text]) => parseAllDocuments(text).map((document) => document.toJS() as ObjectKey));
  return new Map(objects.map((object) => [keyOf(object), object]));
}

interface ObjectKey {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

function keyOf({ kind, metadata }: ObjectKey): string {
  return [kind, metadata.namespace, metadata.name].filter(Boolean).join('/');
}

/** What a GitOps tool does: applies what is there, deletes what is there no more. */
async function applyWithPruning(stage: Stage, cluster: Cluster, before: Objects): Promise<string> {
  const now = objectsOf(stage, cluster);
  const gone = [...before].filter(([key]) => !now.has(key));
  await cluster.kubectl(['apply', '--server-side', '-k', join(stage.fleet.dist, cluster.name)]);
  const input = gone.map(([, object]) => stringify(object)).join('---\n');
  if (gone.length > 0) await cluster.kubectl(['delete', '--ignore-not-found', '-f', '-'], { input });
  return `${cluster.name}: ${gone.map(([key]) => key).join(', ') || 'nothing'}`;
}

/** Neither through the mesh nor with the files of an SVID that has not expired. */
async function refused(stage: Stage): Promise<void> {
  const statuses = [await statusOf(stage, PAGE), await statusOf(stage, ...filesArguments('caller'))];
  expect(!statuses.includes('200'), `the page still answers: ${statuses}`);
}

async function whatRemains(stage: Stage): Promise<string> {
  const kept = await Promise.all(
    stage.clusters.map(async (cluster) => {
      const server = new SpireServerCommand(cluster);
      const [peer = ''] = stage.clusters.filter((other) => other !== cluster).map(({ name }) => `${name}.demo`);
      const relationships = await server.relationships();
      expect(relationships.length === 0, `${cluster.name} still has ${relationships.length} relationships`);
      const bundle = await server.foreignBundle(peer);
      return bundle === undefined ? [] : [`${cluster.name} the bundle of ${peer}`];
    }),
  );
  return `SPIRE still holds ${kept.flat().join(' and ') || 'nothing'}, without a relationship`;
}
