/** Unknown keys that have a place in another map of the fleet file. */
import type { FleetPath } from '../problems/problem';

/** Keys that users write by another word, each with its place: the map above, and the key there. */
const BY_ANOTHER_WORD: Readonly<Record<string, string>> = {
  // Kubernetes calls it so; the closest key, maxReplicas, is the opposite.
  'autoscaling.minReplicas': 'replicas',
};

/**
 * The path that the unknown key at the end of `path` has in a map above its own; undefined if there is none.
 * @param isKeyOf whether the map at a path can have the key
 */
export function placeElsewhere(path: FleetPath, isKeyOf: (map: FleetPath) => boolean): string | undefined {
  const maps = path.slice(0, -2);
  const word = BY_ANOTHER_WORD[path.slice(-2).join('.')];
  if (word !== undefined) return [...maps, word].join('.');
  for (let depth = maps.length; depth > 0; depth -= 1) {
    const above = maps.slice(0, depth);
    if (isKeyOf(above)) return [...above, ...path.slice(-1)].join('.');
  }
  return undefined;
}
