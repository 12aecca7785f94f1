/** Reads what the last synthesis decided, from the lock beside its output; a lock that is damaged is a problem. */
import { join, resolve } from 'node:path';
import { failureReason, readTextFile } from '../disk/read-file';
import type { PreviousFleet } from '../model/previous-fleet';
import { LOCK_FILE, type LockDamage, MAX_LOCK_BYTES, readLock } from '../output/fleet-lock';
import { type Problem, problem } from '../problems/problem';
import { pathWord } from '../problems/shell';
import type { Environment } from './environment';

/** Without a lock, this is the first synthesis. */
export interface Previous {
  readonly previous?: PreviousFleet;
  readonly problems: readonly Problem[];
}

/** @param outputFolder relative to the environment's folder */
export function readPrevious(outputFolder: string, { cwd }: Environment): Previous {
  const file = join(outputFolder, LOCK_FILE);
  const read = readTextFile(resolve(cwd, file), MAX_LOCK_BYTES);
  if ('text' in read) return previousOf(read.text, file);
  return read.failure === 'missing' ? { problems: [] } : damaged(file, { reason: failureReason(read) });
}

/** @param file as it is shown */
export function previousOf(text: string, file: string): Previous {
  const read = readLock(text);
  return 'fleet' in read ? { previous: read.fleet, problems: [] } : damaged(file, read.damage);
}

function damaged(file: string, { reason, line = 1, conflict }: LockDamage): Previous {
  const facts = { reason, conflict, restore: `git checkout HEAD -- ${pathWord(file)}` };
  return { problems: [problem({ file, position: { line, column: 1 } }, 'damaged-lock', facts)] };
}
