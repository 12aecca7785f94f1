/** Puts a file that can be lost in place of the one before, whole or not at all. */
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** In the name of what is not whole yet, before the number of the process that writes it. */
const PART = '.partial';

/** Names of such files; those of earlier releases have no number. */
const PARTIAL = new RegExp(`\\${PART}(?:-(\\d+))?$`);

/**
 * Where the disk does not take it, the one before stays.
 * @param pid number of this process, so that two of them never write one file
 * @param write writes the file, under the name that it has until it is whole
 */
export function keepFile(file: string, pid: number, write: (partial: string) => void): void {
  const partial = `${file}${PART}-${pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    write(partial);
    renameSync(partial, file);
  } catch (error) {
    rmSync(partial, { force: true });
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  }
}

/**
 * Removes what processes left in a folder that were killed while they wrote.
 * @param isAlive whether a process runs, by its number; what one in another container writes is lost at worst
 */
export function removeParts(folder: string, isAlive: (pid: number) => boolean): void {
  try {
    for (const name of readdirSync(folder)) {
      const found = PARTIAL.exec(name);
      if (found === null || (found[1] !== undefined && isAlive(Number(found[1])))) continue;
      rmSync(join(folder, name), { force: true });
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  }
}
