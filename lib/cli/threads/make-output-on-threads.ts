/** Shares the clusters of a fleet out among threads, which take them through building, checking and rendering; this one is among them. */
import { setImmediate } from 'node:timers/promises';
import type { ResolvedCluster } from '../../model/resolved-fleet';
import { makeClusters } from '../../output/make-output';
import { type AssembledOutput, OutputAssembly, type OutputAssemblyProps } from '../../output/output-assembly';
import { ClusterThread } from './cluster-thread';

/** Clusters that a thread is given at once: enough that handing over costs little, few enough that their texts do. */
const PORTION = 2;

/** So many portions take as long as a thread that has to compile what they need. */
const MADE_HERE = 12;

export interface Threads {
  /** How many may work at once, this one among them. */
  readonly count: number;
  /** In fleets of fewer clusters none are started: each has to load and compile the program for itself. */
  readonly fewestClusters: number;
}

/**
 * Hands on every file of a part of the output. Where there is much to make, other threads make some of it, and this one writes what comes.
 * @throws Error whose cause is what was thrown on a thread
 */
export async function makeOutputOnThreads(props: OutputAssemblyProps, threads?: Threads): Promise<AssembledOutput> {
  const assembly = new OutputAssembly(props);
  const clusters = assembly.toMake();
  const isLarge = threads !== undefined && assembly.clusters.length >= threads.fewestClusters;
  if (isLarge && threads.count > 1) await makeOn(threads.count, clusters, assembly);
  else await makeHere(clusters, assembly);
  return assembly.finish();
}

async function makeHere(clusters: Iterable<ResolvedCluster>, assembly: OutputAssembly): Promise<void> {
  for (const cluster of clusters) {
    // A pause, in which a signal can end the run.
    await setImmediate();
    makeClusters([cluster], assembly);
  }
  await setImmediate();
}

async function makeOn(count: number, clusters: Iterable<ResolvedCluster>, assembly: OutputAssembly): Promise<void> {
  const portions = portionsOf(clusters);
  // Where few clusters of a large fleet changed, no thread is started for them.
  for (let made = 0; made < MADE_HERE; made++) {
    await setImmediate();
    makeClusters(portions.next().value ?? [], assembly);
  }
  const threads: ClusterThread[] = [];
  const makeThere = async (index: number): Promise<void> => {
    for (const portion of portions) {
      threads[index] ??= new ClusterThread(assembly.origin);
      for (const [cluster, output] of await threads[index].make(portion)) assembly.add(cluster, output);
    }
  };
  const makeBetween = async (): Promise<void> => {
    for (const portion of portions) {
      // What the others have made comes first: they wait for more.
      await setImmediate();
      makeClusters(portion, assembly);
    }
  };
  const others = [...Array(count - 1).keys()];
  // Each has a second portion at hand, so that it need not wait while this thread makes its own.
  const work = [...[...others, ...others].map(makeThere), makeBetween()];
  try {
    await Promise.all(work);
  } finally {
    await Promise.all(threads.map((thread) => thread.end()));
    // Where one failed, the rest ends with what it has in hand: nothing is added once the caller knows.
    await Promise.allSettled(work);
  }
}

/** Takes clusters only as portions are asked for. */
function* portionsOf(clusters: Iterable<ResolvedCluster>): Generator<readonly ResolvedCluster[], void, undefined> {
  let portion: ResolvedCluster[] = [];
  for (const cluster of clusters) {
    portion.push(cluster);
    if (portion.length < PORTION) continue;
    yield portion;
    portion = [];
  }
  if (portion.length > 0) yield portion;
}
