/** Reads the version of this program from its package. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Of the checkout, or of the published package, where the compiled files lie one folder deeper. */
export function ownVersion(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly version: string };
  return version;
}
