/** Removes the parts of a document that do not fit the schema, so that commands can answer questions about the rest. */
import type { FleetPath, Problem } from '../problems/problem';
import { checkShape } from './check-shape';
import type { Fleet } from './schema';

export interface SalvagedFleet {
  readonly fleet: Fleet;
  /** Maps a path of the salvaged fleet to the path in the original document. */
  readonly writtenAt: (path: FleetPath) => FleetPath;
}

/** Most rounds of removal: removing a required key makes its map invalid, then that map is removed, up to a whole section entry. */
const MOST_ROUNDS = 10;

/** Returns undefined if no valid fleet is left. Does not change the document. */
export function salvageFleet(document: unknown): SalvagedFleet | undefined {
  if (document === undefined) return undefined;
  // The copy turns aliases into separate values, since a value can be invalid in one place and valid in another.
  const left: unknown = JSON.parse(JSON.stringify(document));
  const indexes: ListIndexes = new WeakMap();
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const { fleet, problems } = checkShape(left);
    if (fleet !== undefined) return { fleet, writtenAt: (path) => originalPath(path, left, indexes) };
    if (!takeOut(left, problems, indexes)) return undefined;
  }
  return undefined;
}

/** For each list that lost entries, the original indexes of the entries that are left. */
type ListIndexes = WeakMap<readonly unknown[], number[]>;

/** Removes the value of each problem. Returns false if there was none to remove. */
function takeOut(document: unknown, problems: readonly Problem[], indexes: ListIndexes): boolean {
  const paths = new Map(
    problems.flatMap(({ place }) => ('path' in place ? [[JSON.stringify(place.path), place.path] as const] : [])),
  );
  // Remove entries of a list from the last to the first, so that the remaining indexes stay valid.
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

/** Adds a missing fleet name, on which no answer depends. Does nothing without clusters, since there is nothing to ask about. */
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
