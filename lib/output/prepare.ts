/** From a fleet file to everything that is decided about it, or what is wrong. */
import { loadFleet } from '../fleet/load';
import { SourceMap } from '../fleet/source-map';
import type { PreviousFleet } from '../model/previous-fleet';
import { resolve } from '../model/resolve';
import type { ResolvedFleet } from '../model/resolved-fleet';
import type { Problem } from '../problems/problem';
import type { Source } from '../problems/render';

/** What a synthesis may know beside the fleet; none of it changes the output, only the problems. */
export interface SynthesisWorld {
  /** Decides which certificates have expired. */
  readonly now: Date;
  /** Folder that the path of the fleet file is relative to. @default - the working folder */
  readonly folder?: string;
  /** What the last synthesis decided. @default - this is the first */
  readonly previous?: PreviousFleet;
}

export interface Preparation {
  /** Undefined when a problem of severity error was found; warnings can come with a fleet. */
  readonly fleet?: ResolvedFleet;
  readonly problems: readonly Problem[];
  /** Where what the problems name is written. */
  readonly source: Source;
}

/** @param fleetFile path of the fleet file, as problems name it */
export function prepare(fleetFile: string, { folder = '.', ...world }: SynthesisWorld): Preparation {
  const { fleet: written, source, problems: ofFile, readTrustFile } = loadFleet(fleetFile, folder);
  if (written === undefined) return { source, problems: ofFile };
  const { fleet, problems } = resolve(written, { readTrustFile, ...world });
  // Where nothing is to be shown, what knows every key of the file would outweigh the fleet for the rest of the run.
  return { fleet, problems, source: problems.length === 0 ? new SourceMap(fleetFile, '') : source };
}
