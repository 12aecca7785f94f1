/** Checks that a fleet may write to an output folder: it contains no fleet file or other output, and is not inside one. */
import { existsSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { readTextFile } from '../disk/read-file';
import { LOCK_FILE, MAX_LOCK_BYTES } from '../output/fleet-lock';
import { fleetFileOf } from '../output/output-file';
import { type Problem, problem } from '../problems/problem';
import type { Environment } from './environment';
import type { OutputFolder } from './write-output';

/** The problem of the folder; undefined if there is none. */
export function checkOutputFolder(target: OutputFolder, { cwd }: Environment): Problem | undefined {
  const { folder, fleetFile, outputFolder } = target;
  if (isBelow(folder, resolve(cwd, fleetFile))) return sharedOutputProblem(outputFolder, fleetFile);
  const other = otherFleet(folder, resolve(cwd, fleetFile));
  if (other !== undefined) return sharedOutputProblem(outputFolder, `the output of ${other}`);
  const around = tryFindParentOutput(folder);
  if (around === undefined) return undefined;
  return problem({ file: outputFolder }, 'shared-output', { inside: relative(cwd, around) || '.' });
}

/** The nearest parent folder that has the lock of an output. */
function tryFindParentOutput(folder: string): string | undefined {
  for (let inner = folder, outer = dirname(folder); outer !== inner; inner = outer, outer = dirname(outer)) {
    if (existsSync(join(outer, LOCK_FILE))) return outer;
  }
  return undefined;
}

/** @param holds what else the folder contains */
export function sharedOutputProblem(outputFolder: string, holds: string): Problem {
  return problem({ file: outputFolder }, 'shared-output', { holds });
}

function isBelow(folder: string, path: string): boolean {
  return !/^\.\.($|[\\/])/.test(relative(folder, path)) && !isAbsolute(relative(folder, path));
}

/** The other fleet file, beside this one, that wrote the folder. Undefined if that file is gone, for example after a rename. */
function otherFleet(folder: string, fleetFile: string): string | undefined {
  const read = readTextFile(join(folder, LOCK_FILE), MAX_LOCK_BYTES);
  const name = 'text' in read ? fleetFileOf(read.text) : undefined;
  if (name === undefined || name === basename(fleetFile)) return undefined;
  return existsSync(join(dirname(fleetFile), name)) ? name : undefined;
}
