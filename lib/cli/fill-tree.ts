/** Makes the output of a fleet into a tree, on threads where there is much of it, and not again what is known to be in place. */
import { createHash } from 'node:crypto';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import type { ResolvedFleet } from '../model/resolved-fleet';
import { codeVersion } from '../output/code-version';
import type { AssembledOutput, OutputReceiver } from '../output/output-assembly';
import { type OutputFile, originOf } from '../output/output-file';
import { OutputMemory } from '../output/output-memory';
import type { Selection } from '../output/selection';
import type { Environment } from './environment';

/** What takes the output: to write it, or to hold a folder against it. */
export interface OutputTree {
  add(files: readonly OutputFile[]): void;
  /** In place of adding files that are known to be in place, byte for byte. */
  keep(paths: readonly string[]): void;
  /** The bytes of a file that is in place. */
  tryRead(path: string): Buffer | undefined;
}

export interface FillTreeProps {
  readonly fleet: ResolvedFleet;
  /** Relative to the environment's folder. */
  readonly fleetFile: string;
  /** Relative to the environment's folder. */
  readonly outputFolder: string;
  readonly selection: Selection;
}

export interface FilledTree extends AssembledOutput {
  /** Notes for the next run what this one made; for those who put it in place. */
  readonly remember: () => void;
}

export async function fillTree(tree: OutputTree, props: FillTreeProps, environment: Environment): Promise<FilledTree> {
  const { fleet, fleetFile, selection } = props;
  const outputFromFleet = outputFrom(props, environment);
  const memory = memoryOf({ ...props, outputFromFleet }, environment);
  const receiver = receiverOf(tree, props, memory, environment.progress);
  // Commands that make nothing need not wait for what makes it: cdk8s, and every construct.
  const { makeOutputOnThreads } = await import('./threads/make-output-on-threads.js');
  try {
    const made = await makeOutputOnThreads(
      { fleet, fleetFile, outputFromFleet, receiver, selection },
      environment.threads,
    );
    return { ...made, remember: () => memory?.save(fleet.clusters) };
  } finally {
    environment.progress?.('');
  }
}

/** What stands for an output folder elsewhere on a machine, whose path must not be in the output. */
const ELSEWHERE = 'THIS_FOLDER';

/** Paths from the working folder would make the output depend on it. */
function outputFrom({ fleetFile, outputFolder }: FillTreeProps, { cwd }: Environment): string {
  const from = relative(dirname(resolve(cwd, fleetFile)), resolve(cwd, outputFolder));
  return isAbsolute(outputFolder) && from.startsWith('..') ? ELSEWHERE : from;
}

/** A cluster takes some milliseconds. */
const SHOWN_EACH = 10;

function receiverOf(
  tree: OutputTree,
  { fleet: { clusters }, selection }: FillTreeProps,
  memory: OutputMemory | undefined,
  progress: Environment['progress'] = () => {},
): OutputReceiver {
  const all = clusters.filter(({ name }) => selection.includes(name)).length;
  let begun = 0;
  return {
    isInPlace: (cluster) => {
      begun += 1;
      if (begun % SHOWN_EACH === 0) progress(`${begun} of ${all} clusters`);
      const known = memory?.find(cluster, (path) => tree.tryRead(path));
      if (known !== undefined) tree.keep(known.paths);
      return known?.inventory;
    },
    takeCluster: (cluster, { files, inventory }) => memory?.remember(cluster, files, inventory),
    take: (files) => tree.add(files),
  };
}

/** Fewer clusters are made in less time than it takes to find out whether the code is still the same. */
const FEWEST_REMEMBERED = 10;

function memoryOf(
  { fleet, fleetFile, outputFolder, outputFromFleet }: FillTreeProps & { readonly outputFromFleet: string },
  { memory, cwd }: Environment,
): OutputMemory | undefined {
  if (memory === undefined || fleet.clusters.length < FEWEST_REMEMBERED) return undefined;
  const name = createHash('sha256')
    .update(JSON.stringify([fleetFile, outputFolder]))
    .digest('hex')
    .slice(0, 16);
  const context = JSON.stringify([codeVersion(), memory.runtime, originOf(fleetFile, outputFromFleet)]);
  return new OutputMemory({ file: resolve(cwd, memory.folder, `${name}.json`), context, pid: process.pid });
}
