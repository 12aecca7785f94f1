/** Takes out of a document what has a fault of shape, so that the rest of the fleet can be asked about. */
import type { FleetPath, Problem } from '../problems/problem';
import { checkShape } from './check-shape';
import type { Fleet } from './schema';

export interface SalvagedFleet {
  readonly fleet: Fleet;
  /** Where something of the salvaged fleet stands in the document that it is taken from. */
  readonly writtenAt: (path: FleetPath) => FleetPath;
}

/** A key that was taken out can leave a map without one that it needs, and so on up to an entry of a section. */
const MOST_ROUNDS = 10;

/** Undefined where nothing is left to ask about. The document stays as it is. */
export function salvageFleet(document: unknown): SalvagedFleet | undefined {
  if (document === undefined) return undefined;
  // Without the parts that aliases share: what is wrong in one place may be right in another.
  const left: unknown = JSON.parse(JSON.stringify(document));
  const indexes: ListIndexes = new WeakMap();
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const { fleet, problems } = checkShape(left);
    if (fleet !== undefined) return { fleet, writtenAt: (path) => originalPath(path, left, indexes) };
    if (!takeOut(left, problems, indexes)) return undefined;
  }
  return undefined;
}

/** Indexes that the entries of a list had before some were taken out. */
type ListIndexes = WeakMap<readonly unknown[], number[]>;

/** Whether anything could be taken out. */
function takeOut(document: unknown, problems: readonly Problem[], indexes: ListIndexes): boolean {
  const paths = new Map(
    problems.flatMap(({ place }) => ('path' in place ? [[JSON.stringify(place.path), place.path] as const] : [])),
  );
  // The last entry of a list first, so that the others keep their indexes until it is their turn.
  const taken = [...paths.values()].sort(compareLastStep).map((path) => takeOne(document, path, indexes));
  return taken.length > 0 && !taken.includes(false);
}

function compareLastStep(one: FleetPath, other: FleetPath): number {
  const [a, b] = [one.at(-1), other.at(-1)];
  return typeof a === 'number' && typeof b === 'number' ? b - a : 0;
}

function takeOne(document: unknown, path: FleetPath, indexes: ListIndexes): boolean {
  const step = path.at(-1);
  if (step === undefined) return nameFleet(document);
  const parent = valueAt(document, path.slice(0, -1));
  if (Array.isArray(parent) && typeof step === 'number') {
    const known = indexes.get(parent) ?? parent.map((_, index) => index);
    indexes.set(parent, known);
    known.splice(step, 1);
    parent.splice(step, 1);
  } else if (typeof parent === 'object' && parent !== null) {
    delete (parent as Record<string, unknown>)[step];
  }
  return true;
}

/** No answer depends on the name of the fleet; a document without clusters has none. */
function nameFleet(document: unknown): boolean {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return false;
  const sections = document as Record<string, unknown>;
  if ('fleet' in sections || !('clusters' in sections)) return false;
  sections.fleet = 'fleet';
  return true;
}

function originalPath(path: FleetPath, document: unknown, indexes: ListIndexes): FleetPath {
  return path.map((step, depth) => {
    const parent = valueAt(document, path.slice(0, depth));
    return (Array.isArray(parent) && typeof step === 'number' ? indexes.get(parent)?.[step] : undefined) ?? step;
  });
}

function valueAt(document: unknown, path: FleetPath): unknown {
  return path.reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], document);
}
