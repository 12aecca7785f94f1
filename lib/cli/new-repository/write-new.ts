/** Writes files into a folder that has none: all of them, or nothing. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RepositoryFile } from './repository-files';

/** What may be in a folder that counts as empty. */
const ALLOWED = ['.git'];

/** What keeps a folder from being written to, by name; empty for a folder that is empty or not there. */
export function contentsOf(folder: string): readonly string[] {
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => !ALLOWED.includes(name))
        .sort()
    : [];
}

/** Writes beside their places first, then moves; a failure takes away what was moved. */
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
