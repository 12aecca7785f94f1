/** Loads a fleet file and resolves it, or reports its problems. */
import { loadFleet } from '../fleet/load';
import { SourceMap } from '../fleet/source-map';
import type { PreviousFleet } from '../model/previous-fleet';
import { resolve } from '../model/resolve';
import type { ResolvedFleet } from '../model/resolved-fleet';
import type { Problem } from '../problems/problem';
import type { Source } from '../problems/render';

/** Inputs of a synthesis beside the fleet. They change the problems, never the output. */
export interface SynthesisWorld {
  /** The time that decides which certificates have expired. */
  readonly now: Date;
  /** Folder that the path of the fleet file is relative to. @default - the working folder */
  readonly folder?: string;
  /** The decisions of the last synthesis. @default - this is the first synthesis */
  readonly previous?: PreviousFleet;
}

export interface Preparation {
  /** Undefined if there is a problem of severity error. A fleet can have warnings. */
  readonly fleet?: ResolvedFleet;
  readonly problems: readonly Problem[];
  /** Finds the position of a problem in the fleet file. */
  readonly source: Source;
}

/** @param fleetFile path of the fleet file, as problems name it */
export function prepare(fleetFile: string, { folder = '.', ...world }: SynthesisWorld): Preparation {
  const { fleet: written, source, problems: ofFile, readTrustFile } = loadFleet(fleetFile, folder);
  if (written === undefined) return { source, problems: ofFile };
  const { fleet, problems } = resolve(written, { readTrustFile, ...world });
  // Without problems, no position is needed. Release the map of positions, which takes more memory than the fleet.
  return { fleet, problems, source: problems.length === 0 ? new SourceMap(fleetFile, '') : source };
}
