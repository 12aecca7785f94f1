/** Writes all files into an empty folder, or none of them. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RepositoryFile } from './repository-files';

/** Entries that an empty folder may contain. */
const ALLOWED = ['.git'];

/** Names of the entries that prevent writing to a folder. Empty if the folder is empty or does not exist. */
export function contentsOf(folder: string): readonly string[] {
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => !ALLOWED.includes(name))
        .sort()
    : [];
}

/** Writes the files to a temporary folder, then moves them. A failure removes the files that were already moved. */
export function writeNew(folder: string, files: readonly RepositoryFile[]): void {
  const made = mkdirSync(folder, { recursive: true });
  const moved: string[] = [];
  let complete = false;
  const staging = mkdtempSync(join(folder, '.cdk8s-spire-init-'));
  try {
    for (const { path, content } of files) {
      mkdirSync(dirname(join(staging, path)), { recursive: true });
      writeFileSync(join(staging, path), content, { flag: 'wx' });
    }
    for (const name of readdirSync(staging)) {
      renameSync(join(staging, name), join(folder, name));
      moved.push(name);
    }
    complete = true;
  } catch (error) {
    for (const name of moved) rmSync(join(folder, name), { recursive: true });
    throw error;
  } finally {
    rmSync(staging, { recursive: true });
    if (made !== undefined && !complete) rmSync(made, { recursive: true });
  }
}
