/** Proves that a SPIRE server moves from its volume to a database, where several servers take its place. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SPIRE_SERVER } from '../../../lib/model/names';
import type { Cluster } from '../cluster/cluster';
import { withFiles } from '../fleet/apply-fleet';
import { changeStepsOf } from '../fleet/apply-steps';
import {
  beginOnDisk,
  endMove,
  moveToDatabase,
  type ProductionProps,
  productionSecrets,
  SERVERS,
} from '../fleet/production-fleet';
import { timed, waitFor } from '../machine/wait';
import type { Stage } from '../stage';
import { databaseOf } from './database';
import { connectForEachCall } from './fresh-connections';
import { waitForPage } from './page';
import { waitForPods } from './pods';
import { expect, type Proof } from './proof';
import { nodesOfServers, productionCluster, waitForServers } from './several-servers';
import { callThroughout } from './traffic-watch';

export const databaseMoveProof: Proof = {
  name: 'a server moves from its volume to three servers on an empty PostgreSQL by the commands of dist/README.md, over TLS that verifies its certificate: no call fails',
  deadline: 1200,
  prove: async (stage) => {
    const cluster = productionCluster(stage);
    const database = await databaseOf(stage);
    const { programs, fleet } = stage;
    // Where an upgrade follows, it begins with what it upgrades.
    const version = programs.has('previousSpire') ? programs.version('previousSpire').slice(1) : undefined;
    const props = { fleet, cluster: cluster.name, database, version };
    await beginOnDisk(props);
    await Promise.all(stage.clusters.map((one) => stage.apply(one).then(() => waitForPods(stage, one))));
    await connectForEachCall(stage);
    await waitForPage(stage, 120);
    let seconds = 0;
    const calls = await callThroughout(stage, async () => {
      ({ seconds } = await timed(() => move(stage, cluster, props)));
    });
    const clients = await database.clients();
    expect(
      clients.length === SERVERS && clients.every((client) => client.endsWith('TLSv1.3')),
      `the database has the clients ${clients}`,
    );
    const claims = await cluster.kubectl.list([
      ...['persistentvolumeclaims', '-n', stage.resolveCluster(cluster).spire.serverNamespace],
    ]);
    expect(claims.length === 0, `${claims.length} volumes are left`);
    return `${seconds} s from the first command until all pods were ready; ${calls}; the database serves ${clients.join(', ')}`;
  },
};

/** Follows the steps of the page, ends the move, and spreads the servers over the nodes. */
async function move(stage: Stage, cluster: Cluster, props: ProductionProps): Promise<void> {
  moveToDatabase(props);
  const secrets = productionSecrets(props);
  const { trustDomain } = stage.resolveCluster(cluster);
  const readme = readFileSync(join(stage.fleet.dist, 'README.md'), 'utf8');
  let counted = '';
  for (const step of changeStepsOf(readme, `${cluster.name}: from sqlite to postgres`)) {
    const line = withFiles(step, secrets, stage.fleet.intermediateOf(trustDomain));
    const run = async (): Promise<string> => {
      const { code, stdout, stderr } = await stage.tryStep(cluster, line);
      expect(code === 0, `"${line}" ended with ${code}: ${stderr}`);
      return stdout;
    };
    if (!step.endsWith('entry count')) await run();
    else if (counted === '') counted = await run();
    // The page says that it has to be repeated.
    else
      await waitFor(`the entries: ${counted.trim()}`, async () => expect((await run()) === counted, 'not yet'), {
        timeout: 120,
      });
  }
  await waitForPods(stage, cluster);
  endMove(props);
  await stage.applyAll();
  await spreadServers(stage, cluster);
  await waitForPods(stage, cluster);
}

/** Starts the servers again, one after the other, when all nodes take pods: one goes to each. */
async function spreadServers(stage: Stage, cluster: Cluster): Promise<void> {
  const { serverNamespace } = stage.resolveCluster(cluster).spire;
  await cluster.openWorkers();
  await cluster.kubectl.run(['rollout', 'restart', '-n', serverNamespace, `statefulset/${SPIRE_SERVER.name}`]);
  await waitForServers(stage, cluster);
  const nodes = await nodesOfServers(stage, cluster);
  expect(new Set(nodes).size === SERVERS, `the servers are on ${nodes}`);
}
