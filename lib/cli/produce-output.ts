/** Makes the output of a fleet and adds it to a tree. */
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { ResolvedFleet } from '../model/resolved-fleet';
import { makeOutputWithPauses } from '../output/make-output';
import type { AssembledOutput } from '../output/output-assembly';
import type { OutputFile } from '../output/output-file';
import type { Selection } from '../output/selection';
import type { Environment } from './environment';

/** Takes the output, to write it or to compare a folder with it. */
export interface OutputSink {
  add(files: readonly OutputFile[]): void;
}

export interface ProduceOutputProps {
  readonly fleet: ResolvedFleet;
  /** Relative to the environment's folder. */
  readonly fleetFile: string;
  /** Relative to the environment's folder. */
  readonly outputFolder: string;
  readonly selection: Selection;
}

/** Progress is shown after every tenth cluster, about ten times a second. */
const SHOWN_EACH = 10;

export async function produceOutput(
  tree: OutputSink,
  props: ProduceOutputProps,
  environment: Environment,
): Promise<AssembledOutput> {
  const { fleet, fleetFile, selection } = props;
  const all = fleet.clusters.filter(({ name }) => selection.includes(name)).length;
  const pause = async (made: number): Promise<void> => {
    if (made > 0 && made % SHOWN_EACH === 0) environment.progress?.(`${made} of ${all} clusters`);
    // Signals are handled only between two turns of the event loop.
    await setImmediate();
  };
  const take = (files: readonly OutputFile[]): void => tree.add(files);
  try {
    const outputFromFleet = outputFrom(props, environment);
    return await makeOutputWithPauses({ fleet, fleetFile, outputFromFleet, take, selection }, pause);
  } finally {
    environment.progress?.('');
  }
}

/** Replaces the path of an output folder outside the fleet's folder: output must not contain paths of a machine. */
const ELSEWHERE = 'THIS_FOLDER';

/** The output folder as seen from the fleet file, so that the output does not depend on the working folder. */
function outputFrom({ fleetFile, outputFolder }: ProduceOutputProps, { cwd }: Environment): string {
  const from = relative(dirname(resolve(cwd, fleetFile)), resolve(cwd, outputFolder));
  return isAbsolute(outputFolder) && from.startsWith('..') ? ELSEWHERE : from;
}
