/** The main job: synthesizes a fleet and publishes the output, or says what is wrong and publishes nothing. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { PreviousFleet } from '../model/previous-fleet';
import { type Problem, problem } from '../problems/problem';
import { renderProblems } from '../problems/render';
import type { OutputFault } from '../synth/checks/fault';
import { LOCK_FILE, readLock } from '../synth/fleet-lock';
import type { OutputFile } from '../synth/output-file';
import { type Synthesis, synthesize } from '../synth/synthesize';
import { planTree, type WrittenTree, writeTree } from '../synth/write-tree';
import { type Environment, EXIT, type ExitCode } from './environment';

export interface PublishProps {
  /** Relative to the environment's folder. */
  readonly fleetFile: string;
  /** Relative to the environment's folder. */
  readonly outputFolder: string;
}

/** What the last synthesis decided, where its output is still there. */
export function readPrevious(folder: string): PreviousFleet | undefined {
  const file = join(folder, LOCK_FILE);
  return existsSync(file) ? readLock(readFileSync(file, 'utf8')) : undefined;
}

/** Never throws: what nobody foresaw is reported as a fault of this program. */
export function publish({ fleetFile, outputFolder }: PublishProps, environment: Environment): ExitCode {
  try {
    const synthesis = synthesize(fleetFile, {
      now: environment.now,
      folder: environment.cwd,
      previous: readPrevious(resolve(environment.cwd, outputFolder)),
    });
    return synthesis.faults.length > 0
      ? reportFaults(synthesis.faults, outputFolder, environment)
      : write(synthesis, outputFolder, environment);
  } catch (error) {
    const { message } = error as Error;
    environment.complain(
      `internal error: ${message}; this is a fault of cdk8s-spire, please report it with your fleet file`,
    );
    return EXIT.internal;
  }
}

function write({ output, problems, source }: Synthesis, outputFolder: string, environment: Environment): ExitCode {
  const folder = resolve(environment.cwd, outputFolder);
  const attempt = output && attemptWrite(folder, output.files, outputFolder);
  const all = [...problems, ...(attempt?.problems ?? [])];
  if (all.length > 0) {
    environment.complain(renderProblems(all, source));
  }
  if (output === undefined || attempt?.tree === undefined) {
    const count = all.filter(({ severity }) => severity === 'error').length;
    environment.complain(`${counted(count, 'problem')}; ${outputFolder}/ is unchanged`);
    return EXIT.problems;
  }
  const { written, removed, unchanged } = attempt.tree;
  environment.complain(
    `${counted(output.fleet.clusters.length, 'cluster')}, ${output.objects} objects: ` +
      `${written.length} files written, ${unchanged} unchanged, ${removed.length} removed in ${outputFolder}/`,
  );
  return EXIT.ok;
}

interface Attempt {
  readonly tree?: WrittenTree;
  readonly problems: readonly Problem[];
}

function attemptWrite(folder: string, files: readonly OutputFile[], shownFolder: string): Attempt {
  try {
    const plan = planTree(folder, files);
    return plan.foreign.length === 0
      ? { tree: writeTree(folder, plan), problems: [] }
      : { problems: plan.foreign.map((path) => problem({ file: `${shownFolder}/${path}` }, 'foreign-file', {})) };
  } catch (error) {
    const { code, path, message } = error as NodeJS.ErrnoException;
    if (code === undefined) {
      throw error;
    }
    return { problems: [problem({ file: path ?? shownFolder }, 'unwritable-output', { reason: message })] };
  }
}

/** Says what the checks of the output found, and ends with `internal`. */
export function reportFaults(
  faults: readonly OutputFault[],
  outputFolder: string,
  { complain }: Environment,
): ExitCode {
  for (const { file, object, reason } of faults) {
    complain(`internal error: ${outputFolder}/${file}: ${object === undefined ? '' : `${object} `}${reason}`);
  }
  complain(`nothing was written; this is a fault of cdk8s-spire, please report it with your fleet file`);
  return EXIT.internal;
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
