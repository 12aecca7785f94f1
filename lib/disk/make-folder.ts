/** Makes a folder with all that is missing above it, and tells what was made. */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Step by step: where a kernel refuses every new folder, as below /proc, Node's own recursion has no end.
 * @returns the outermost folder that was made; undefined where all were there
 * @throws the error of the disk
 */
export function makeFolder(folder: string): string | undefined {
  if (existsSync(folder) && statSync(folder).isDirectory()) return undefined;
  const parent = dirname(folder);
  const above = parent === folder ? undefined : makeFolder(parent);
  try {
    mkdirSync(folder);
  } catch (error) {
    // Somebody else may have made it in between; what is no folder is refused.
    const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST' && statSync(folder).isDirectory();
    if (!isThere) throw error;
    return above;
  }
  return above ?? folder;
}
