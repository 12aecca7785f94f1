/** Reads the package of this program: its version, and the versions of what it was tested with. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface OwnPackage {
  readonly version: string;
  /** Whether no registry has it. @default false */
  readonly private?: boolean;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** The top folder of the checkout, or of the installed package, where the compiled files lie one folder deeper. */
export function ownFolder(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

export function ownPackage(): OwnPackage {
  return JSON.parse(readFileSync(join(ownFolder(), 'package.json'), 'utf8')) as OwnPackage;
}

export function ownVersion(): string {
  return ownPackage().version;
}
