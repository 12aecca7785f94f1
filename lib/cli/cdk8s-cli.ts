/** Detects what the cdk8s CLI did before it ran the app: it deletes the output folder, or creates a temporary folder for --stdout. */
import { readdirSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { LOCK_FILE } from '../output/fleet-lock';
import { pathWord } from '../problems/shell';
import type { Environment } from './environment';
import { findRevision, pathFromHere, readFiles } from './git';
import type { DeletedOutput } from './publish';

/** Whether the folder is the temporary one that the CLI creates for --stdout. It is recognized by its name and by being empty. */
export function isTemporaryOfCli(folder: string): boolean {
  if (!basename(folder).startsWith('cdk8s-') || contentsOf(folder)?.length !== 0) return false;
  return realpathSync(dirname(folder)) === realpathSync(tmpdir());
}

/** The CLI deletes its output folder, so its former content is read from the last commit. */
export function tryFindDeletedOutput(folder: string, environment: Environment): DeletedOutput | undefined {
  const left = contentsOf(resolve(environment.cwd, folder));
  if (left !== undefined && left.length > 0) return undefined;
  const file = join(folder, LOCK_FILE);
  const lock = readCommittedFile(file, environment);
  const lockFile = `HEAD:${file}`;
  return lock === undefined
    ? { lockFile, state: 'was deleted if it existed: the cdk8s CLI first deletes the folder of --output' }
    : {
        lock,
        lockFile,
        state: `was deleted by the cdk8s CLI before this run; restore it: git checkout HEAD -- ${pathWord(folder)}`,
      };
}

/** Names of the entries of a folder. Undefined if the folder does not exist. */
function contentsOf(folder: string): readonly string[] | undefined {
  try {
    return readdirSync(folder);
  } catch {
    return undefined;
  }
}

function readCommittedFile(file: string, environment: Environment): string | undefined {
  const head = findRevision('HEAD', environment);
  if (!('commit' in head)) return undefined;
  const path = pathFromHere(file, environment);
  const read = readFiles(head, [path], environment);
  return 'found' in read ? read.found.get(path) : undefined;
}
