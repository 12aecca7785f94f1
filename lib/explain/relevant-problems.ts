/** Selects the problems of a fleet that an answer depends on. */
import type { FleetPath, Problem } from '../problems/problem';

/** The names of the parts of a fleet that an answer is made from. */
export interface AnswerParts {
  /** Clusters and partners, including the clusters whose servers sign for others. */
  readonly homes: ReadonlySet<string>;
  readonly workloads: ReadonlySet<string>;
}

/** Sections that say nothing about identities and calls. */
const WITHOUT_EFFECT: ReadonlySet<unknown> = new Set(['fleet', 'delivery', 'observability', 'waivers']);

/**
 * The problems at one of the parts, or at what all parts have in common.
 * @param federation the section `federation` of the fleet file, which may have any shape
 */
export function relevantProblems(
  problems: readonly Problem[],
  parts: AnswerParts,
  federation: unknown,
): readonly Problem[] {
  return problems.filter((problem) => placesOf(problem).some((path) => touches(path, parts, federation)));
}

function touches(path: FleetPath, { homes, workloads }: AnswerParts, federation: unknown): boolean {
  const [section, entry] = path;
  if (isTelemetry(path)) return false;
  switch (section) {
    case 'clusters':
    case 'partners':
      return entry === undefined || homes.has(String(entry));
    case 'workloads':
      return entry === undefined || workloads.has(String(entry));
    case 'federation':
      return (
        typeof entry !== 'number' ||
        namesOneOf((federation as Readonly<Record<number, unknown>> | undefined)?.[entry], homes)
      );
    default:
      return !WITHOUT_EFFECT.has(section);
  }
}

/** Metrics have no effect on identities and calls. */
function isTelemetry(path: FleetPath): boolean {
  const [group, part] = path[0] === 'clusters' ? path.slice(2) : path;
  return group === 'spire' && part === 'telemetry';
}

/** Whether a federation entry names one of the homes. An entry that cannot be read may name any home. */
function namesOneOf(entry: unknown, homes: ReadonlySet<string>): boolean {
  if (typeof entry === 'string') return homes.has(entry);
  return (
    typeof entry !== 'object' ||
    entry === null ||
    Object.values(entry)
      .flat()
      .some((name) => homes.has(String(name)))
  );
}

/** The place of a problem, and the other places that its sentence names. */
function placesOf({ place, facts }: Problem): readonly FleetPath[] {
  const named = Object.values(facts as Readonly<Record<string, unknown>>).filter(isFleetPath);
  return 'path' in place ? [place.path, ...named] : [[], ...named];
}

function isFleetPath(value: unknown): value is FleetPath {
  return Array.isArray(value) && ['clusters', 'partners', 'workloads', 'federation'].includes(value[0]);
}
