/** The files below a folder, as paths with forward slashes relative to it. */

import { existsSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Lists in a fixed order; a folder that does not exist has no files. */
export function listFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')).sort();
}
