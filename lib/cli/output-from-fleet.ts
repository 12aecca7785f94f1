/** The path of the output folder that the files of the output name, in the command that writes them. */
import { lstatSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { DEFAULT_OUTPUT } from '../problems/commands';
import type { Environment } from './environment';

/** Replaces the path of an output folder outside the fleet's folder: output must not contain paths of a machine. */
const ELSEWHERE = 'THIS_FOLDER';

export interface OutputPlace {
  /** Relative to the environment's folder. */
  readonly fleetFile: string;
  /** Relative to the environment's folder. */
  readonly outputFolder: string;
}

/**
 * The output folder as seen from the fleet file, so that the output does not depend on the working folder. The files are the
 * same, whether the folder or a symbolic link to it is given: `dist` where that leads to the folder, else the folder itself.
 */
export function outputFromFleet({ fleetFile, outputFolder }: OutputPlace, { cwd }: Environment): string {
  const home = dirname(resolve(cwd, fleetFile));
  const folder = resolve(cwd, outputFolder);
  const from = relative(home, folder);
  const target = realPath(folder);
  if (target !== undefined && target === realPath(join(home, DEFAULT_OUTPUT))) return DEFAULT_OUTPUT;
  if (target !== undefined && isLink(folder)) {
    const fromTarget = relative(realPath(home) ?? home, target);
    if (!fromTarget.startsWith('..') && !isAbsolute(fromTarget)) return fromTarget;
  }
  return isAbsolute(outputFolder) && from.startsWith('..') ? ELSEWHERE : from;
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

/** Undefined for a path that leads nowhere; reading it reports why. */
function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
