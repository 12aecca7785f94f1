/** Synthesizes a fleet file into the texts of all output files in memory, for comparisons. Publishing streams instead. */

import type { OutputFault } from '../checks/output-fault';
import type { ResolvedFleet } from '../model/resolved-fleet';
import type { Problem } from '../problems/problem';
import type { Source } from '../problems/render';
import { makeOutput } from './make-output';
import type { OutputFile } from './output-file';
import { prepare, type SynthesisWorld } from './prepare';
import { WHOLE } from './selection';

/** The output, or the reasons why there is none. Output can come with warnings. */
export interface Synthesis {
  /** Undefined if there is a problem of severity error. */
  readonly output?: {
    readonly fleet: ResolvedFleet;
    /** Sorted by path. */
    readonly files: readonly OutputFile[];
    /** The number of objects in the files. */
    readonly objects: number;
  };
  readonly problems: readonly Problem[];
  /** Findings of the output checks. Each is a fault of this program. If there are any, there is no output. */
  readonly faults: readonly OutputFault[];
  readonly source: Source;
}

/**
 * Synthesizes a fleet.
 * @param fleetFile path of the fleet file, as problems name it
 * @param selection the part of the output to make; the problems are always those of the whole fleet
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
