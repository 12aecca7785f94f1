/** Proves that SPIRE servers are changed one after the other: with another configuration, another root, and another version. */
import { X509Certificate } from 'node:crypto';
import { SPIRE_AGENT } from '../../../lib/model/names';
import type { Cluster } from '../cluster/cluster';
import { podStates } from './pod-states';
import { waitForPods } from './pods';
import { expect, type Proof } from './proof';
import { replaceRoot } from './root-rotation';
import { chainsOfServers, productionCluster, underTraffic, waitForServers } from './several-servers';

export const serverChangeProofs: readonly Proof[] = [
  {
    name: 'a change of the configuration rolls through the servers one by one: no call fails, and every SVID is renewed in time',
    prove: async (stage) => {
      const cluster = productionCluster(stage);
      const before = await serverIds(cluster);
      const seen = await underTraffic(stage, async () => {
        stage.fleet.change((document) => document.setIn(['clusters', cluster.name, 'spire', 'caTtl'], '12h'));
        await stage.applyAll();
        await waitForServers(stage, cluster);
        await waitForPods(stage, cluster);
      });
      const kept = (await serverIds(cluster)).filter((id) => before.includes(id));
      expect(kept.length === 0, `${kept.length} servers were not replaced`);
      return seen;
    },
  },
  {
    name: 'the root is replaced by the commands of dist/README.md, which change the CA of every server: no call fails, and every SVID is renewed in time',
    deadline: 900,
    prove: async (stage) => {
      const cluster = productionCluster(stage);
      const { trustDomain, spire } = stage.resolveCluster(cluster);
      const seen = await underTraffic(stage, () => replaceRoot(stage, cluster, trustDomain));
      const root = new X509Certificate(stage.fleet.rootOf(trustDomain));
      for (const [server, chain] of (await chainsOfServers(stage, cluster)).entries()) {
        expect(
          chain.at(-1)?.verify(root.publicKey) === true,
          `spire-server-${server} does not sign under the new root`,
        );
      }
      return `all ${spire.server.replicas} servers sign under the new root alone; ${seen}`;
    },
  },
];

/** The upgrade goes first in its suite: SPIRE migrates the database, and there is no way back. */
export const upgradeProof: Proof = {
  name: 'SPIRE is upgraded from the previous minor version, servers before agents: no call fails, and every SVID is renewed in time',
  needs: ['previousSpire'],
  deadline: 900,
  prove: async (stage) => {
    const cluster = productionCluster(stage);
    const [before, after] = (['previousSpire', 'spire'] as const).map((name) => stage.programs.version(name).slice(1));
    const versions = ['clusters', cluster.name, 'versions'];
    const { agentNamespace } = stage.resolveCluster(cluster).spire;
    const seen = await underTraffic(stage, async () => {
      stage.fleet.change((document) => document.setIn(versions, { spire: after, agent: before }));
      await stage.applyAll();
      await waitForServers(stage, cluster);
      stage.fleet.change((document) => document.setIn(versions, { spire: after }));
      await stage.applyAll();
      const agents = ['rollout', 'status', '-n', agentNamespace, `daemonset/${SPIRE_AGENT.name}`, '--timeout=180s'];
      await cluster.kubectl.run(agents, { timeout: 190 });
      await waitForPods(stage, cluster);
    });
    return `${before} to ${after}; ${seen}`;
  },
};

async function serverIds(cluster: Cluster): Promise<readonly string[]> {
  const states = await podStates(cluster);
  return states.filter(({ madeBy }) => madeBy.endsWith('/spire-server')).map(({ uid }) => uid);
}
