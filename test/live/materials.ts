/** Gathers everything a run is made of before anything runs: packages, programs, modules with charts and manifests. */
import { type DebianPackage, filesOf, installDebianPackages, type PackageGroup } from './machine/debian-packages';
import { moduleFolder } from './programs/build';
import { type BuiltPrograms, buildPrograms } from './programs/built-programs';
import { fetchEnvoy } from './programs/envoy';
import type { FamilyName } from './programs/programs';

export interface Materials {
  readonly families: readonly FamilyName[];
  readonly programs: BuiltPrograms;
  readonly envoy: { readonly file: string; readonly version: string };
  readonly debian: Readonly<Record<DebianPackage, string>>;
  /** Files of Debian's package that extend iptables. */
  readonly iptablesExtensions: readonly string[];
  readonly istioModule: string;
  readonly metallbModule: string;
}

export interface MaterialsProps {
  readonly families: readonly FamilyName[];
  /** Debian's packages that only some suites need. @default - none */
  readonly packages?: PackageGroup;
  readonly report: (line: string) => void;
}

export async function gatherMaterials({ families, packages, report }: MaterialsProps): Promise<Materials> {
  const debian = await installDebianPackages(packages, report);
  const programs = await buildPrograms(families, report);
  return {
    families,
    programs,
    envoy: await fetchEnvoy(report),
    debian,
    iptablesExtensions: await filesOf('iptables', /\/xtables\/.*\.so$/),
    istioModule: await moduleFolder('istio'),
    metallbModule: await moduleFolder('metallb'),
  };
}

/** A version, and the module where that has another one. */
function statedAs(programs: BuiltPrograms, name: FamilyName): string {
  const [version, source] = [programs.version(name), programs.source(name)];
  return source === '' || source.endsWith(version) ? version : `${version}, built from ${source}`;
}

/** Name → version of every program and package, for the report. */
export function versionsOf({ families, programs, envoy, debian }: Materials): Readonly<Record<string, string>> {
  return {
    ...Object.fromEntries(families.map((name) => [name, statedAs(programs, name)])),
    envoy: envoy.version,
    ...Object.fromEntries(Object.entries(debian).map(([name, version]) => [`${name} (Debian)`, version])),
  };
}
