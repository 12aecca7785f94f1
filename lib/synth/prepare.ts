/** From a fleet file to everything that is decided about it, or what is wrong. */
import { loadFleet } from '../fleet/load';
import { resolve } from '../model/resolve';
import type { ResolvedFleet } from '../model/resolved-fleet';
import type { Problem } from '../problems/problem';
import type { Source } from '../problems/render';
import type { SynthesisWorld } from './synthesize';

export interface Preparation {
  /** Undefined when a problem of severity error was found; warnings can come with a fleet. */
  readonly fleet?: ResolvedFleet;
  readonly problems: readonly Problem[];
  readonly source: Source;
}

/** @param fleetFile path of the fleet file, as problems name it */
export function prepare(fleetFile: string, { now, folder = '.', previous }: SynthesisWorld): Preparation {
  const { fleet: written, source, problems, readTrustFile } = loadFleet(fleetFile, folder);
  return written === undefined
    ? { source, problems }
    : { source, ...resolve(written, { readTrustFile, now, previous }) };
}
