/** Finds the newest release of a module that can be had, where the module proxy may list all versions, some, or none. */

import { compare, gt, major, minor, parse, prerelease } from 'semver';

/** What is known of a module's versions; both questions go to the module proxy. */
export interface ModuleVersions {
  /** Versions that the proxy lists; none where it lists nothing. */
  readonly listed: readonly string[];
  /** Whether this version can be downloaded and verified. */
  readonly canBeHad: (version: string) => boolean;
}

/** How many numbers in a row may be missing before the search for a version that is not listed ends. */
const GAP = 3;

/**
 * The newest release after `current` of the same major version, and with `withinMinor` of the same minor version;
 * `current` where there is none.
 */
export function newestVersion(current: string, versions: ModuleVersions, withinMinor = false): string {
  const fits = (version: string): boolean =>
    parse(version) !== null &&
    prerelease(version) === null &&
    gt(version, current) &&
    major(version) === major(current) &&
    (!withinMinor || minor(version) === minor(current));
  const newer = versions.listed.filter(fits).sort(compare).reverse();
  // A proxy may list a version and refuse its content.
  const known = newer.find(versions.canBeHad);
  return known ?? search(current, versions.canBeHad, withinMinor);
}

/** Counts upwards: first the patches, then the minor versions after. */
function search(current: string, canBeHad: (version: string) => boolean, withinMinor: boolean): string {
  const best = newestPatch(current, canBeHad);
  if (withinMinor) return best;
  for (let ahead = 1; ahead <= GAP; ahead += 1) {
    const first = firstOf(`${major(best)}.${minor(best) + ahead}`, 0, canBeHad);
    if (first !== undefined) return search(first, canBeHad, false);
  }
  return best;
}

function newestPatch(version: string, canBeHad: (version: string) => boolean): string {
  const { major: whole, minor: part, patch } = parse(version) ?? { major: 0, minor: 0, patch: 0 };
  const next = firstOf(`${whole}.${part}`, patch + 1, canBeHad);
  return next === undefined ? version : newestPatch(next, canBeHad);
}

function firstOf(prefix: string, patch: number, canBeHad: (version: string) => boolean): string | undefined {
  return Array.from({ length: GAP }, (_, gap) => `v${prefix}.${patch + gap}`).find(canBeHad);
}
