/** Paths and versions of the built programs. */
import { join } from 'node:path';
import { buildFamily } from './build';
import { type FAMILIES, type FamilyName, familyOf, versionOf } from './programs';

type ProgramOf<Family extends FamilyName> = keyof (typeof FAMILIES)[Family]['packages'] & string;

export interface BuiltPrograms {
  /** Whether a family was built for this run. */
  has(family: FamilyName): boolean;
  /** Path of a program. */
  path<Family extends FamilyName>(family: Family, program: ProgramOf<Family>): string;
  /** Version that the programs of a family state of themselves. */
  version(family: FamilyName): string;
  /** Module and version that a family is built from. */
  source(family: FamilyName): string;
}

/** Builds what is missing, one family after the other: each build uses every core. */
export async function buildPrograms(
  families: readonly FamilyName[],
  report: (line: string) => void,
): Promise<BuiltPrograms> {
  const folders = new Map<FamilyName, string>();
  for (const name of families) folders.set(name, await buildFamily(name, report));
  return {
    has: (family) => folders.has(family),
    path(family, program) {
      const folder = folders.get(family);
      if (folder === undefined) throw new Error(`${family} was not built`);
      return join(folder, program);
    },
    source: (family) => [familyOf(family).module, versionOf(family)].filter(Boolean).join(' '),
    version: (family) => familyOf(family).statedVersion ?? versionOf(family) ?? 'of this repository',
  };
}
