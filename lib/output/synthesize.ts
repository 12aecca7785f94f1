/** From a fleet file to the text of every output file, all in memory, for those who compare or look; publishing streams instead. */

import type { OutputFault } from '../checks/output-fault';
import type { ResolvedFleet } from '../model/resolved-fleet';
import type { Problem } from '../problems/problem';
import type { Source } from '../problems/render';
import { makeOutput } from './make-output';
import type { OutputFile } from './output-file';
import { prepare, type SynthesisWorld } from './prepare';
import { WHOLE } from './selection';

/** Output, or what is wrong; warnings can come with output. */
export interface Synthesis {
  /** Undefined when a problem of severity error was found. */
  readonly output?: {
    readonly fleet: ResolvedFleet;
    /** Sorted by path. */
    readonly files: readonly OutputFile[];
    /** How many objects the files hold. */
    readonly objects: number;
  };
  readonly problems: readonly Problem[];
  /** What the checks of the output found; never empty only through a fault of this program, and then there is no output. */
  readonly faults: readonly OutputFault[];
  readonly source: Source;
}

/**
 * Synthesizes a fleet.
 * @param fleetFile path of the fleet file, as problems name it
 * @param selection the part of the output to make; problems are those of the whole fleet all the same
 */
export function synthesize(fleetFile: string, world: SynthesisWorld, selection = WHOLE): Synthesis {
  const { fleet, problems, source } = prepare(fleetFile, world);
  if (fleet === undefined) {
    return { source, problems, faults: [] };
  }
  const files: OutputFile[] = [];
  const { faults, objects } = makeOutput({
    fleet,
    fleetFile,
    take: (some) => files.push(...some),
    selection,
  });
  if (faults.length > 0) {
    return { source, problems, faults };
  }
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { output: { fleet, files, objects }, problems, faults: [], source };
}
