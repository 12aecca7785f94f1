/** Makes the output of a fleet and adds it to a tree. */
import { setImmediate } from 'node:timers/promises';
import type { ResolvedFleet } from '../model/resolved-fleet';
import { makeOutputWithPauses } from '../output/make-output';
import type { AssembledOutput } from '../output/output-assembly';
import type { OutputFile } from '../output/output-file';
import type { Selection } from '../output/selection';
import type { Environment } from './environment';
import { type OutputPlace, outputFromFleet } from './output-from-fleet';

/** Takes the output, to write it or to compare a folder with it. */
export interface OutputSink {
  add(files: readonly OutputFile[]): void;
}

export interface ProduceOutputProps extends OutputPlace {
  readonly fleet: ResolvedFleet;
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
    const place = { fleetFile, outputFromFleet: outputFromFleet(props, environment) };
    return await makeOutputWithPauses({ fleet, ...place, take, selection }, pause);
  } finally {
    environment.progress?.('');
  }
}
