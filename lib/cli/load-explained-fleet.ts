/** Loads the parts of a fleet that can be explained. A fault in one part does not prevent answers about other parts. */
import { type AnswerParts, relevantProblems } from '../explain/relevant-problems';
import { loadFleet } from '../fleet/load';
import { salvageFleet } from '../fleet/salvage';
import { resolveDespiteProblems } from '../model/resolve';
import type { ResolvedFleet } from '../model/resolved-fleet';
import { type FleetPath, isError, type Problem } from '../problems/problem';
import type { Source } from '../problems/render';
import type { Environment } from './environment';

export interface LoadedExplainedFleet {
  /** Undefined if nothing of the fleet can be explained. */
  readonly fleet?: ResolvedFleet;
  /** The problems of the fleet, without those that only follow from another problem. */
  readonly problems: readonly Problem[];
  readonly source: Source;
  /** Converts a path in the explained fleet to its path in the fleet file. */
  readonly writtenAt: (path: FleetPath) => FleetPath;
  /** The problems that an answer made of these parts depends on. */
  readonly touching: (parts: AnswerParts) => readonly Problem[];
  /** Whether the file has a workload of this name, valid or not. */
  readonly mentions: (workload: string) => boolean;
}

export function loadExplainedFleet(file: string, { cwd, now }: Environment): LoadedExplainedFleet {
  const { fleet: whole, document, problems: ofShape, source, readTrustFile } = loadFleet(file, cwd);
  const world = { readTrustFile, now };
  const nothing = { source, writtenAt: asItIs, touching: () => ofShape, mentions: () => false };
  const salvaged = whole === undefined ? salvageFleet(document) : { fleet: whole, writtenAt: asItIs };
  if (salvaged === undefined) return { ...nothing, problems: ofShape };
  const { fleet: written, writtenAt } = salvaged;
  const { fleet, problems } = resolveDespiteProblems(written, world);
  const ofRules = problems.filter(isError);
  return {
    fleet,
    problems: whole === undefined ? ofShape : ofRules,
    source,
    writtenAt,
    touching: (parts) => {
      // A faulty entry is only in the document, not in the salvaged fleet. Faults caused by its absence are left out.
      const first = relevantProblems(ofShape, parts, federationOf(document));
      return first.length > 0
        ? first
        : relevantProblems(ofRules, parts, written.federation).map((problem) => withWrittenPlace(problem, writtenAt));
    },
    mentions: (workload) => hasWorkload(document, workload),
  };
}

/** The section `federation` of a document of any shape. */
function federationOf(document: unknown): unknown {
  return (document as { readonly federation?: unknown } | undefined)?.federation;
}

const asItIs = (path: FleetPath): FleetPath => path;

function withWrittenPlace(problem: Problem, writtenAt: LoadedExplainedFleet['writtenAt']): Problem {
  const { place } = problem;
  return 'path' in place ? ({ ...problem, place: { ...place, path: writtenAt(place.path) } } as Problem) : problem;
}

function hasWorkload(document: unknown, name: string): boolean {
  const { workloads } = document as { readonly workloads?: unknown };
  return typeof workloads === 'object' && workloads !== null && Object.hasOwn(workloads, name);
}
