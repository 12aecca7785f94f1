/** Proves that a root is replaced by the steps of dist/README.md while calls go on and SVIDs are short-lived. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SPIRE_AGENT } from '../../../lib/model/names';
import type { Cluster } from '../cluster/cluster';
import { changeStepsOf } from '../fleet/apply-steps';
import { SHORT_LIFE } from '../fleet/production-fleet';
import { pause, timed } from '../machine/wait';
import type { Stage } from '../stage';
import { waitForPods } from './pods';
import { expect, type Proof } from './proof';
import { callAccepted, mintAtCaller, trustOnly } from './svid-files';
import { callThroughout } from './traffic-watch';

export const rootRotationProofs: readonly Proof[] = [
  {
    name: 'a root is replaced in two steps by the commands of dist/README.md, and no call fails while SVIDs change',
    changesFleet: true,
    prove: async (stage) => {
      const cluster = stage.findCluster(stage.walkthrough.called.cluster);
      const { trustDomain } = stage.resolveCluster(cluster);
      await shortenSvids(stage, cluster);
      let seconds = 0;
      const calls = await callThroughout(stage, async () => {
        ({ seconds } = await timed(async () => {
          await replaceRoot(stage, cluster, trustDomain);
        }));
      });
      const svid = await mintAtCaller(stage, stage.walkthrough.caller.spiffeId);
      await trustOnly(stage, stage.fleet.rootOf(trustDomain));
      const { served } = await callAccepted(stage, svid);
      stage.fleet.restore();
      await stage.applyAll();
      return `${seconds} s; ${calls}; the gateway serves ${served} under the new root alone`;
    },
  },
];

/** Takes effect with the SVIDs that agents ask for anew. */
async function shortenSvids(stage: Stage, cluster: Cluster): Promise<void> {
  stage.fleet.change((document) => document.setIn(['clusters', cluster.name, 'spire', 'x509SvidTtl'], SHORT_LIFE.text));
  await stage.applyAll();
  await waitForPods(stage, cluster);
  const { agentNamespace } = stage.resolveCluster(cluster).spire;
  await cluster.kubectl.run(['rollout', 'restart', '-n', agentNamespace, `daemonset/${SPIRE_AGENT.name}`]);
  await waitForPods(stage, cluster);
}

/** Adds a new root, lets the servers sign under it, and removes the previous one. */
export async function replaceRoot(stage: Stage, cluster: Cluster, trustDomain: string): Promise<void> {
  const before = certificatesIn(stage.fleet.rootOf(trustDomain));
  await stage.fleet.rotateRoot(cluster.name);
  await followSteps(stage, cluster, trustDomain);
  // Every proxy has asked for its next SVID in the meantime.
  await pause(SHORT_LIFE.seconds);
  stage.fleet.writeRoot(trustDomain, certificatesIn(stage.fleet.rootOf(trustDomain)).slice(before.length));
  await stage.applyAll();
  await waitForPods(stage, cluster);
}

/** Runs the commands of the section on the rotation, after the apply that its first step asks for. */
async function followSteps(stage: Stage, cluster: Cluster, trustDomain: string): Promise<void> {
  await stage.applyAll();
  await waitForPods(stage, cluster);
  const { certificate, key } = stage.fleet.intermediateOf(trustDomain);
  const section = `${trustDomain}: from one root to the next`;
  const steps = changeStepsOf(readFileSync(join(stage.fleet.dist, 'README.md'), 'utf8'), section);
  let prepared = '';
  for (const step of steps) {
    const [, name] = /--context (\S+)/.exec(step) ?? [];
    const line = step
      .replace('CERTIFICATE_FILE', certificate)
      .replace('KEY_FILE', key)
      .replace('ID_OF_THE_PREPARED', prepared);
    const { code, stdout, stderr } = await stage.tryStep(stage.findCluster(name ?? cluster.name), line);
    expect(code === 0, `"${line}" ended with ${code}: ${stderr}`);
    if (step.includes(' prepare')) prepared = /Authority ID: (\S+)/.exec(stdout)?.[1] ?? '';
  }
  expect(prepared !== '', `no step of "${section}" prepared a CA`);
}

export function certificatesIn(pem: string): readonly string[] {
  return pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----\n?/g) ?? [];
}
