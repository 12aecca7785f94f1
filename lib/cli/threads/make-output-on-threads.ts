/** Shares the clusters of a fleet out among threads, which take them through building, checking and rendering. */
import type { ResolvedCluster } from '../../model/resolved-fleet';
import { clusterOutput } from '../../synth/cluster-output';
import { makeOutput } from '../../synth/make-output';
import { type AssembledOutput, OutputAssembly, type OutputAssemblyProps } from '../../synth/output-assembly';
import { ClusterThread } from './cluster-thread';

/** What a thread is given at once: enough that handing over costs little, little enough that all threads end together. */
const PORTION = 4;

/** So many portions are made in the time that a thread takes to start. */
const MADE_ALONE = 6;

/**
 * Hands on every file of a part of the output. Where there is much to make other threads make it, and this one writes meanwhile.
 * @param count how many other threads; a single one would leave this one to wait, and is not started
 * @throws what was thrown on any thread
 */
export async function makeOutputOnThreads(props: OutputAssemblyProps, count = 0): Promise<AssembledOutput> {
  if (count < 2) return makeOutput(props);
  const assembly = new OutputAssembly(props);
  const portions = portionsOf(assembly.toMake());
  for (let made = 0; made < MADE_ALONE; made++) {
    for (const cluster of portions.next().value ?? []) {
      assembly.add(cluster, clusterOutput(cluster, assembly.fleetName));
    }
  }
  const threads: ClusterThread[] = [];
  const makeAll = async (index: number): Promise<void> => {
    for (const portion of portions) {
      threads[index] ??= new ClusterThread(assembly.fleetName);
      for (const [cluster, output] of await threads[index].make(portion)) assembly.add(cluster, output);
    }
  };
  try {
    const indices = [...Array(count).keys()];
    // Each has a second portion at hand, so that it need not wait while this thread writes.
    await Promise.all([...indices, ...indices].map(makeAll));
  } finally {
    await Promise.all(threads.map((thread) => thread.end()));
  }
  return assembly.finish();
}

/** Takes clusters only as portions are asked for. */
function* portionsOf(clusters: Iterable<ResolvedCluster>): Generator<readonly ResolvedCluster[], undefined, undefined> {
  let portion: ResolvedCluster[] = [];
  for (const cluster of clusters) {
    portion.push(cluster);
    if (portion.length < PORTION) continue;
    yield portion;
    portion = [];
  }
  if (portion.length > 0) yield portion;
  return undefined;
}
