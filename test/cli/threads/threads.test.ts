/** Several threads make the output that one makes, and a thread that fails leaves none of it. */
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ClusterThread } from '../../../lib/cli/threads/cluster-thread';
import { makeOutputOnThreads } from '../../../lib/cli/threads/make-output-on-threads';
import type { ResolvedCluster, ResolvedFleet } from '../../../lib/model/resolved-fleet';
import { originOf } from '../../../lib/output/output-file';
import { prepare } from '../../../lib/output/prepare';
import { type Answer, commandLineIn } from '../../command-line';
import { manyClusters, manyClustersFolder, treeOf } from '../../many-clusters';
import { NOW } from '../../support';

/** Several portions beside those that are made before a thread is started, and a last one that is not full. */
const CLUSTERS = 41;

let folder: string;
const dist = (): string => join(folder, 'dist');

const synth = (count: number, memory = false): Promise<Answer> =>
  commandLineIn(
    {
      cwd: folder,
      threads: { count, fewestClusters: 1 },
      ...(memory && { memory: { folder: 'memory', runtime: 'test' } }),
    },
    'synth',
  );

beforeAll(async () => {
  folder = await manyClustersFolder(CLUSTERS);
});

beforeEach(() => {
  for (const name of ['dist', 'memory']) rmSync(join(folder, name), { recursive: true, force: true });
  writeFileSync(join(folder, 'fleet.yaml'), manyClusters('', CLUSTERS));
});

test.each([2, 3])('write with %d what one alone writes, byte for byte', async (threads) => {
  const alone = await synth(0);
  const expected = treeOf(dist());
  rmSync(dist(), { recursive: true });
  expect(await synth(threads)).toEqual(alone);
  expect(treeOf(dist())).toEqual(expected);
});

test('remember what they made, so that only what changed is made again', async () => {
  await synth(2, true);
  expect((await synth(2, true)).complained).toContain(': 0 files written');
  writeFileSync(join(folder, 'fleet.yaml'), manyClusters(', kubelet: { directory: /var/lib/k0s/kubelet }', CLUSTERS));
  await synth(2, true);
  const expected = treeOf(dist());
  rmSync(dist(), { recursive: true });
  await synth(0);
  expect(treeOf(dist())).toEqual(expected);
});

test('write nothing into a folder where somebody else’s file is in the way', async () => {
  await synth(0);
  writeFileSync(join(dist(), 'store-30', 'spire-server', 'server.yaml'), 'mine');
  rmSync(join(dist(), 'store-31'), { recursive: true });
  const answer = await synth(2);
  expect(answer.complained).toContain('store-30/spire-server/server.yaml');
  expect(answer.exitCode).toBe(1);
  expect(readdirSync(dist())).not.toContain('store-31');
});

test('fails with what a thread threw, for what it was asked for and all that it is asked for later', async () => {
  const thread = new ClusterThread(originOf('fleet.yaml'));
  const broken = { name: 'broken' } as ResolvedCluster;
  const reason = { message: 'a thread failed', cause: { message: expect.stringContaining('undefined') } };
  await expect(Promise.all([thread.make([broken]), thread.make([broken])])).rejects.toMatchObject(reason);
  await thread.end();
  await expect(thread.make([broken])).rejects.toMatchObject(reason);
});

test('leave nothing behind them that goes on once one has failed', async () => {
  const { fleet } = prepare('fleet.yaml', { now: NOW, folder });
  const [first, ...rest] = fleet?.clusters ?? [];
  // The thread is given what comes after those that are made here before it is started.
  const clusters = rest.map((cluster, index) => (index === 24 ? ({ name: 'broken' } as ResolvedCluster) : cluster));
  let taken = 0;
  const making = makeOutputOnThreads(
    {
      fleet: { ...fleet, clusters: [first, ...clusters] } as ResolvedFleet,
      fleetFile: 'fleet.yaml',
      receiver: {
        take: () => {
          taken += 1;
          // So that this thread is still at work when the other fails.
          if (taken > 24) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
        },
      },
    },
    { count: 2, fewestClusters: 1 },
  );
  await expect(making).rejects.toMatchObject({ message: 'a thread failed' });
  const before = taken;
  await setTimeout(200);
  expect([before > 20, taken]).toEqual([true, before]);
});
