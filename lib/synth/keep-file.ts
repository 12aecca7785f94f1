/** Puts a file that can be lost in place of the one before, whole or not at all. */
import { mkdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Where the disk does not take it, the one before stays.
 * @param write writes the file, under the name that it has until it is whole
 */
export function keepFile(file: string, write: (partial: string) => void): void {
  const partial = `${file}.partial`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    write(partial);
    renameSync(partial, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  }
}
