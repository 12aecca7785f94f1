/** Proves that SPIRE servers survive an outage of their database, and tells how long an SVID must live for that. */
import { SPIRE_SERVER } from '../../../lib/model/names';
import type { Cluster } from '../cluster/cluster';
import { pause, timed, waitFor } from '../machine/wait';
import type { Stage } from '../stage';
import { databaseOf } from './database';
import { podStates } from './pod-states';
import { waitForPods } from './pods';
import { expect, type Proof } from './proof';
import { chainsOfServers, productionCluster, underTraffic } from './several-servers';

/** Of the database, in seconds. */
const OUTAGE = 60;

/**
 * An agent asks for the next SVID at half of it. It gets none while the database is away, for its server looks up there whether
 * the agent is still allowed; and after failures it waits longer, about 40 seconds after a minute of them.
 */
const LIFE = { text: '5m', seconds: 300 } as const;

export const databaseOutageProofs: readonly Proof[] = [
  {
    name: 'the database is stopped for a minute: no call fails, no server restarts, and every SVID of five minutes is renewed in time',
    deadline: 1200,
    prove: async (stage) => {
      const cluster = productionCluster(stage);
      const database = await databaseOf(stage);
      await lengthenSvids(stage, cluster);
      const before = await restartsOfServers(cluster);
      let recovery = 0;
      const outage = async (): Promise<void> => {
        await database.stop();
        await pause(OUTAGE);
        await database.restart();
        const signing = (): Promise<unknown> => chainsOfServers(stage, cluster);
        ({ seconds: recovery } = await timed(() => waitFor('an SVID of every server', signing, { timeout: 180 })));
        await waitForPods(stage, cluster);
      };
      const seen = await underTraffic(stage, outage, LIFE.seconds);
      const after = await restartsOfServers(cluster);
      expect(before === after, `the servers restarted: ${before} before, ${after} after`);
      return `every server signed again ${recovery} s after the outage of ${OUTAGE} s; ${seen}`;
    },
  },
];

/** Entries that changed make agents ask for new SVIDs at once. Returns shortly before these are to be renewed. */
async function lengthenSvids(stage: Stage, cluster: Cluster): Promise<void> {
  stage.fleet.change((document) => document.setIn(['clusters', cluster.name, 'spire', 'x509SvidTtl'], LIFE.text));
  await stage.applyAll();
  await waitForPods(stage, cluster);
  await pause(LIFE.seconds / 2 - 30);
}

async function restartsOfServers(cluster: Cluster): Promise<string> {
  const states = (await podStates(cluster)).filter(({ madeBy }) => madeBy.endsWith(`/${SPIRE_SERVER.name}`));
  return JSON.stringify(states.map(({ restarts }) => restarts).sort());
}
