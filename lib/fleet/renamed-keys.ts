/**
 * Keys of the fleet file that have been renamed. An old key is refused with a message that names the new one;
 * its value is not read.
 */
import type { FleetPath } from '../problems/problem';

/** The path of each old key, and the new key, which stands in the same map. */
const RENAMED_KEYS: Readonly<Record<string, string>> = {
  'delivery.flux.correct': 'interval',
  'delivery.with': 'tools',
};

/** The new name of the key that ends `path`; undefined if that key was never renamed. */
export function tryFindNewKey(path: FleetPath): string | undefined {
  const written = path.join('.');
  return Object.hasOwn(RENAMED_KEYS, written) ? RENAMED_KEYS[written] : undefined;
}
