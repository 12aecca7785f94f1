/** Makes the output of the clusters that come, in a thread of its own, until it is told to end. */
import { parentPort, workerData } from 'node:worker_threads';
import { clusterOutput } from '../../output/cluster-output';
import type { ClusterThreadData, ClusterThreadTask } from './cluster-thread';

const { origin } = workerData as ClusterThreadData;

parentPort?.on('message', (task: ClusterThreadTask) => {
  if (task === 'end') parentPort?.close();
  else parentPort?.postMessage(task.map((cluster) => clusterOutput(cluster, origin)));
});
