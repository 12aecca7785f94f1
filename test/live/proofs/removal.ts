/** Proves that ending a federation in the fleet ends the access, and tells what SPIRE keeps. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Cluster } from '../cluster/cluster';
import type { KubernetesObject } from '../cluster/kubectl';
import { changeStepsOf } from '../fleet/apply-steps';
import { objectsIn } from '../fleet/examples';
import { timed, waitFor } from '../machine/wait';
import type { Stage } from '../stage';
import { fetchPage, statusOf } from './page';
import { expect, type Proof } from './proof';
import { callAccepted, callWith, mintAtCaller } from './svid-files';

export const removalProofs: readonly Proof[] = [
  {
    name: 'ending the federation and applying with pruning ends the access, also for an SVID that is still valid, and the steps of dist/README.md take the bundle out',
    changesFleet: true,
    prove: async (stage) => {
      const svid = await mintAtCaller(stage, stage.walkthrough.caller.spiffeId);
      await callAccepted(stage, svid);
      await fetchPage(stage);
      const peers = peersOf(stage);
      const before = new Map(stage.clusters.map((cluster) => [cluster.name, objectsOf(stage, cluster)]));
      stage.fleet.change((document) => {
        document.setIn(['federation', 0, 'ended'], true);
        document.deleteIn(['workloads', 'curl-greeter', 'calls']);
      });
      const { seconds, result: pruned } = await timed(async () => {
        const done = await Promise.all(
          stage.clusters.map((cluster) => applyWithPruning(stage, cluster, before.get(cluster.name) ?? new Map())),
        );
        await waitFor('refusal', () => checkRefused(stage, () => callWith(stage, svid, '--output', '/dev/null')), {
          timeout: 120,
        });
        return done;
      });
      await checkNoRelationships(stage);
      const kept = await keptBundles(stage, peers);
      await revoke(stage, peers);
      const left = await keptBundles(stage, peers);
      expect(left === 'no bundle', `after the steps SPIRE still holds ${left}`);
      return `refused ${seconds} s after the apply began; pruned ${pruned.join('; ')}; SPIRE still held ${kept}, without a relationship; after the steps it holds ${left}`;
    },
  },
];

type Objects = ReadonlyMap<string, KubernetesObject>;

function objectsOf(stage: Stage, { name }: Cluster): Objects {
  return new Map(objectsIn(join(stage.fleet.dist, name)).map((object) => [keyOf(object), object]));
}

function keyOf({ kind, metadata }: KubernetesObject): string {
  return [kind, metadata.namespace, metadata.name].filter(Boolean).join('/');
}

/** What a GitOps tool does: applies what is there, deletes what is there no more. */
async function applyWithPruning(stage: Stage, cluster: Cluster, before: Objects): Promise<string> {
  const now = objectsOf(stage, cluster);
  const gone = [...before].filter(([key]) => !now.has(key));
  await cluster.kubectl.applyFolder(join(stage.fleet.dist, cluster.name));
  const input = gone.map(([, object]) => stringify(object)).join('---\n');
  if (gone.length > 0) await cluster.kubectl.run(['delete', '--ignore-not-found', '-f', '-'], { input });
  return `${cluster.name}: ${gone.map(([key]) => key).join(', ') || 'nothing'}`;
}

/** The caller runs, and no connection of it is answered: neither through the mesh nor with files. */
async function checkRefused(stage: Stage, callWithFiles: () => Promise<{ readonly code: number }>): Promise<void> {
  const mesh = await statusOf(stage, stage.walkthrough.page);
  // Nothing leads out of the mesh any more, or the gateway refuses.
  expect(mesh === '000' || mesh === '502' || mesh === '503', `the mesh answers ${mesh}`);
  const { code } = await callWithFiles();
  expect(code !== 0, 'the gateway still answers an SVID in files');
}

interface Peer {
  readonly cluster: Cluster;
  readonly trustDomain: string;
}

function peersOf(stage: Stage): readonly Peer[] {
  return stage.clusters.flatMap((cluster) =>
    stage.resolveCluster(cluster).peers.map(({ trustDomain }) => ({ cluster, trustDomain })),
  );
}

async function checkNoRelationships(stage: Stage): Promise<void> {
  for (const cluster of stage.clusters) {
    const relationships = await stage.spireServer(cluster).relationships();
    expect(relationships.length === 0, `${cluster.name} still has ${relationships.length} relationships`);
  }
}

/** Runs the commands of dist/README.md up to the last of each section, which is to fail by then. */
async function revoke(stage: Stage, peers: readonly Peer[]): Promise<void> {
  const readme = readFileSync(join(stage.fleet.dist, 'README.md'), 'utf8');
  for (const { cluster, trustDomain } of peers) {
    const steps = changeStepsOf(readme, `${cluster.name} no longer trusts ${trustDomain}`);
    for (const [index, step] of steps.entries()) {
      const { code, stdout, stderr } = await stage.tryStep(cluster, step);
      const fails = index === steps.length - 1;
      expect((code !== 0) === fails, `"${step}" ended with ${code}: ${stdout}${stderr}`);
    }
  }
}

async function keptBundles(stage: Stage, peers: readonly Peer[]): Promise<string> {
  const kept = await Promise.all(
    peers.map(async ({ cluster, trustDomain }) =>
      (await stage.spireServer(cluster).foreignBundle(trustDomain)) === undefined
        ? []
        : [`the bundle of ${trustDomain} on ${cluster.name}`],
    ),
  );
  return kept.flat().join(' and ') || 'no bundle';
}
