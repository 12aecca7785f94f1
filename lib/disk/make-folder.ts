/** Creates a folder and its missing parents, and returns what was created. */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Creates one level at a time: Node's recursive mkdir never ends where the kernel refuses every new folder, as below /proc.
 * @returns the outermost folder that was created; undefined if all existed
 * @throws the error of the disk
 */
export function makeFolder(folder: string): string | undefined {
  if (existsSync(folder) && statSync(folder).isDirectory()) return undefined;
  const parent = dirname(folder);
  const above = parent === folder ? undefined : makeFolder(parent);
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may have created the folder in the meantime. Anything but a folder is an error.
    const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST' && statSync(folder).isDirectory();
    if (!isThere) throw error;
    return above;
  }
  return above ?? folder;
}
