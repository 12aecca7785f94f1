/** Proves that several SPIRE servers on one database serve on while one of them is killed or its node is drained. */
import { X509Certificate } from 'node:crypto';
import { CONTROLLER_MANAGER, SPIRE_SERVER } from '../../../lib/model/names';
import type { Cluster } from '../cluster/cluster';
import { SHORT_LIFE } from '../fleet/production-fleet';
import { pause, waitFor } from '../machine/wait';
import type { Stage } from '../stage';
import { waitForPods } from './pods';
import { expect, type Proof } from './proof';
import { certificatesIn } from './root-rotation';
import { watchSvids } from './svid-watch';
import { callThroughout } from './traffic-watch';

export const severalServersProofs: readonly Proof[] = [
  {
    name: 'the server that leads the controller managers is killed: no call fails, and every SVID is renewed in time',
    prove: async (stage) => {
      const cluster = productionCluster(stage);
      const leader = await leaderOf(stage, cluster);
      const { serverNamespace } = stage.resolveCluster(cluster).spire;
      let next = '';
      const seen = await underTraffic(stage, async () => {
        await cluster.kubectl.run([
          'delete',
          'pod',
          podOf(leader),
          '-n',
          serverNamespace,
          '--grace-period=0',
          '--force',
        ]);
        next = await waitFor('another leader', () => otherLeader(stage, cluster, leader), { timeout: 120 });
        await waitForPods(stage, cluster);
      });
      return `${podOf(leader)} was killed and ${podOf(next)} leads; ${seen}`;
    },
  },
  {
    name: "a server's node is drained: one moves and two serve, no call fails, and every SVID is renewed in time",
    prove: async (stage) => {
      const cluster = productionCluster(stage);
      const [, drained] = cluster.nodes;
      const { serverNamespace } = stage.resolveCluster(cluster).spire;
      const before = await nodesOfServers(stage, cluster);
      expect(before.includes(drained?.name ?? ''), `no server is on ${drained?.name}, but on ${before}`);
      const seen = await underTraffic(stage, async () => {
        const drain = ['drain', drained?.name ?? '', '--ignore-daemonsets', '--delete-emptydir-data', '--timeout=120s'];
        await cluster.kubectl.run(drain, { timeout: 130 });
        await waitForPods(stage, cluster);
      });
      const after = await nodesOfServers(stage, cluster);
      await cluster.kubectl.run(['uncordon', drained?.name ?? '']);
      const budgets = await cluster.kubectl.list(['poddisruptionbudgets', '-n', serverNamespace]);
      expect(budgets.length > 0, 'no PodDisruptionBudget protects the servers');
      return `servers on ${before.join(', ')}, then on ${after.join(', ')}; ${seen}`;
    },
  },
];

/** The cluster of the suite with several nodes and servers. */
export function productionCluster(stage: Stage): Cluster {
  return stage.findCluster(stage.walkthrough.called.cluster);
}

/**
 * Does something while the caller calls and the SVIDs of the called are watched, and for one of their lives afterwards.
 * @param life of an SVID, in seconds
 * @throws when a call fails or an SVID is not renewed in time
 */
export async function underTraffic(
  stage: Stage,
  work: () => Promise<unknown>,
  life: number = SHORT_LIFE.seconds,
): Promise<string> {
  let renewals = '';
  const calls = await callThroughout(stage, async () => {
    renewals = await watchSvids([productionCluster(stage)], async () => {
      await work();
      await pause(life);
    });
  });
  return `${calls}; ${renewals}`;
}

/** Waits until the newest revision of every server is ready. */
export async function waitForServers(stage: Stage, cluster: Cluster): Promise<void> {
  const { serverNamespace } = stage.resolveCluster(cluster).spire;
  const workload = `statefulset/${SPIRE_SERVER.name}`;
  await cluster.kubectl.run(['rollout', 'status', '-n', serverNamespace, workload, '--timeout=300s'], { timeout: 310 });
}

/** Node of each server, in the order of the servers. */
export async function nodesOfServers(stage: Stage, cluster: Cluster): Promise<readonly string[]> {
  const { serverNamespace } = stage.resolveCluster(cluster).spire;
  const pods = await cluster.kubectl.list(['pods', '-n', serverNamespace]);
  return pods
    .filter(({ metadata }) => metadata.name.startsWith(`${SPIRE_SERVER.name}-`))
    .map(({ spec }) => (spec as { readonly nodeName?: string }).nodeName ?? 'no node');
}

/** Identity of the controller manager that writes entries: its pod and a random part, as controller-runtime makes it. */
async function leaderOf(stage: Stage, cluster: Cluster): Promise<string> {
  const { serverNamespace } = stage.resolveCluster(cluster).spire;
  const lease = await cluster.kubectl.get<{ readonly spec: { readonly holderIdentity?: string } }>([
    ...['lease', CONTROLLER_MANAGER.leaderElectionLease, '-n', serverNamespace],
  ]);
  const { holderIdentity = '' } = lease.spec;
  expect(holderIdentity !== '', 'nobody leads');
  return holderIdentity;
}

const podOf = (identity: string): string => identity.split('_')[0] ?? '';

async function otherLeader(stage: Stage, cluster: Cluster, before: string): Promise<string> {
  const now = await leaderOf(stage, cluster);
  expect(now !== before, `${now} leads`);
  return now;
}

/** Chain of an SVID that each server signs now, without the root. */
export async function chainsOfServers(
  stage: Stage,
  cluster: Cluster,
): Promise<readonly (readonly X509Certificate[])[]> {
  const { trustDomain, spire } = stage.resolveCluster(cluster);
  const chains: (readonly X509Certificate[])[] = [];
  for (let server = 0; server < spire.server.replicas; server++) {
    const { certificates } = await stage.spireServer(cluster, server).mint(`spiffe://${trustDomain}/proof`);
    chains.push(certificatesIn(certificates).map((pem) => new X509Certificate(pem)));
  }
  return chains;
}
