/** The package of this program: its folder, its version, and the versions of the packages that it is tested with. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

export interface OwnPackage {
  readonly version: string;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** The top folder of the checkout, or of the installed package, where the compiled files lie one folder deeper. */
export function ownFolder(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

/** Whether this program is an installed package. A checkout is not: its version may be in no registry. */
export function isInstalled(): boolean {
  return basename(dirname(ownFolder())) === 'node_modules';
}

export function ownPackage(): OwnPackage {
  return JSON.parse(readFileSync(join(ownFolder(), 'package.json'), 'utf8')) as OwnPackage;
}

export function ownVersion(): string {
  return ownPackage().version;
}
