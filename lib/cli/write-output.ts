/** Writes the output of a fleet into a folder that this run has locked, or reports what prevents it and leaves the folder unchanged. */

import type { OutputFault } from '../checks/output-fault';
import type { LeftAlone } from '../output/compare-tree';
import type { Selection } from '../output/selection';
import { StagedTree, type WrittenTree } from '../output/write-tree';
import { type Problem, problem, warning } from '../problems/problem';
import { sharedOutputProblem } from './check-output-folder';
import type { Environment } from './environment';
import { type ProduceOutputProps, produceOutput } from './produce-output';
import type { RunLock } from './run-lock';

export interface OutputFolder {
  /** The output folder, absolute. */
  readonly folder: string;
  /** Relative to the environment's folder. */
  readonly fleetFile: string;
  /** As given on the command line. */
  readonly outputFolder: string;
  readonly selection: Selection;
}

export interface Attempt {
  /** Undefined if nothing was published, or only a part. */
  readonly tree?: WrittenTree;
  readonly objects?: number;
  /** Whether some files were published before the failure. */
  readonly partly?: boolean;
  readonly problems: readonly Problem[];
  readonly faults: readonly OutputFault[];
}

export async function writeOutput(
  props: ProduceOutputProps & OutputFolder,
  lock: RunLock,
  environment: Environment,
): Promise<Attempt> {
  const { folder, outputFolder, selection } = props;
  let tree: StagedTree | undefined;
  const afterwards = environment.onInterrupt?.(() => tree?.discard());
  try {
    tree = new StagedTree(folder, selection);
    if (tree.nested !== undefined) return { problems: [sharedOutputProblem(outputFolder, tree.nested)], faults: [] };
    return await stageAndPublish(tree, lock, props, environment);
  } catch (error) {
    return { ...failedOnDisk(error, outputFolder), partly: tree?.isPartlyPublished };
  } finally {
    tree?.discard();
    afterwards?.();
  }
}

/** @throws any error that is not a disk error */
export function failedOnDisk(error: unknown, outputFolder: string): Attempt {
  const { syscall, path, message } = error as NodeJS.ErrnoException;
  if (syscall === undefined) throw error;
  return { problems: [problem({ file: path ?? outputFolder }, 'unwritable-output', { reason: message })], faults: [] };
}

async function stageAndPublish(
  tree: StagedTree,
  lock: RunLock,
  props: ProduceOutputProps & OutputFolder,
  environment: Environment,
): Promise<Attempt> {
  const { outputFolder } = props;
  const { faults, objects } = await produceOutput(tree, props, environment);
  const problems = tree.foreign.map((path) => problem({ file: `${outputFolder}/${path}` }, 'foreign-file', {}));
  if (faults.length > 0 || problems.length > 0) return { problems, faults };
  if (!lock.isHeld) {
    const facts = { by: 'a run that began at the same time' };
    return { problems: [problem({ file: outputFolder }, 'output-in-use', facts)], faults };
  }
  const warnings = tree.leftAlone.map((file) => leftAlone(file, outputFolder));
  const written = tree.publish();
  return { tree: written, objects, problems: warnings, faults };
}

function leftAlone({ path, marked }: LeftAlone, outputFolder: string): Problem {
  return warning({ file: `${outputFolder}/${path}` }, marked ? 'unlisted-file' : 'unapplied-file', {});
}
