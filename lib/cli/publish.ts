/** The main job: synthesizes a fleet and publishes the output, or says what is wrong and publishes nothing. */
import { existsSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { readTextFile } from '../disk/read-file';
import type { ResolvedFleet } from '../model/resolved-fleet';
import { type Problem, problem } from '../problems/problem';
import { renderProblems } from '../problems/render';
import { visible } from '../problems/visible';
import type { OutputFault } from '../synth/checks/fault';
import { LOCK_FILE, MAX_LOCK_BYTES } from '../synth/fleet-lock';
import { fleetFileOf } from '../synth/output-file';
import { type Preparation, prepare } from '../synth/prepare';
import { type Selection, WHOLE } from '../synth/selection';
import { StagedTree, type WrittenTree } from '../synth/write-tree';
import { counted } from './counted';
import { type Environment, EXIT, type ExitCode } from './environment';
import { type FillTreeProps, fillTree } from './fill-tree';
import { readPrevious } from './previous-lock';
import { reasonsOf } from './reasons';
import { countedClusters, unknownCluster } from './selected-part';

export interface PublishProps {
  /** Relative to the environment's folder. */
  readonly fleetFile: string;
  /** Relative to the environment's folder. */
  readonly outputFolder: string;
  /** The part of the output to write. @default - all of it */
  readonly selection?: Selection;
}

/** Never throws: what nobody foresaw is reported as a fault of this program. */
export async function publish(
  { fleetFile, outputFolder, selection = WHOLE }: PublishProps,
  environment: Environment,
): Promise<ExitCode> {
  try {
    const folder = resolve(environment.cwd, outputFolder);
    const { previous, problems } = readPrevious(outputFolder, environment);
    const { roots } = environment;
    const preparation = withProblems(
      prepare(fleetFile, { now: environment.now, folder: environment.cwd, previous, verified: roots }),
      problems,
    );
    const unknown = preparation.fleet && unknownCluster(selection, preparation.fleet);
    if (unknown !== undefined) {
      environment.complain(unknown);
      return EXIT.usage;
    }
    const place = { folder, fleetFile, outputFolder, selection };
    const attempt = await attemptWrite(preparation.fleet, place, environment);
    // After the fleet was found to be right: until then a person may try this and that.
    if (attempt.tree !== undefined) roots?.save();
    return attempt.faults.length > 0
      ? reportFaults(attempt.faults, outputFolder, environment)
      : report(preparation, attempt, place, environment);
  } catch (error) {
    environment.complain(
      `internal error: ${reasonsOf(error)}; this is a fault of cdk8s-spire, please report it with your fleet file`,
    );
    return EXIT.internal;
  }
}

/** The fleet is not published where there is one. */
function withProblems(preparation: Preparation, problems: readonly Problem[]): Preparation {
  return problems.length === 0
    ? preparation
    : { ...preparation, fleet: undefined, problems: [...problems, ...preparation.problems] };
}

function report(
  { fleet, problems, source }: Preparation,
  attempt: Attempt,
  { outputFolder, selection }: Place,
  environment: Environment,
): ExitCode {
  const all = [...problems, ...attempt.problems];
  if (all.length > 0) {
    environment.complain(renderProblems(all, source));
  }
  if (fleet === undefined || attempt.tree === undefined) {
    const count = all.filter(({ severity }) => severity === 'error').length;
    const state = attempt.partly ? 'partly written, and synth goes on from there' : 'unchanged';
    environment.complain(`${counted(count, 'problem')}; ${visible(outputFolder)}/ is ${state}`);
    return EXIT.problems;
  }
  const { written, removed, unchanged } = attempt.tree;
  environment.complain(
    `${countedClusters(fleet, selection)}, ${attempt.objects} objects: ` +
      `${counted(written.length, 'file')} written, ${unchanged} unchanged, ${removed.length} removed in ${visible(outputFolder)}/`,
  );
  return EXIT.ok;
}

interface Attempt {
  readonly tree?: WrittenTree;
  readonly objects?: number;
  /** Whether files have been moved to their places before it failed. */
  readonly partly?: boolean;
  readonly problems: readonly Problem[];
  readonly faults: readonly OutputFault[];
}

interface Place extends Required<PublishProps> {
  /** The output folder, absolute. */
  readonly folder: string;
}

async function attemptWrite(
  fleet: ResolvedFleet | undefined,
  place: Place,
  environment: Environment,
): Promise<Attempt> {
  if (fleet === undefined) return { problems: [], faults: [] };
  const { folder, fleetFile, outputFolder } = place;
  // Asked before the folder is listed: it may be the root of everything.
  if (isBelow(folder, resolve(environment.cwd, fleetFile))) return shared(outputFolder, fleetFile);
  const other = otherFleet(folder, resolve(environment.cwd, fleetFile));
  if (other !== undefined) return shared(outputFolder, `the output of ${other}`);
  let tree: StagedTree | undefined;
  try {
    tree = new StagedTree(folder, place.selection);
    if (tree.nested !== undefined) return shared(outputFolder, tree.nested);
    return await stageAndPublish(tree, { fleet, ...place }, environment);
  } catch (error) {
    const { syscall, path, message } = error as NodeJS.ErrnoException;
    if (syscall === undefined) {
      throw error;
    }
    const problems = [problem({ file: path ?? outputFolder }, 'unwritable-output', { reason: message })];
    return { problems, faults: [], partly: tree?.isPartlyPublished };
  } finally {
    tree?.discard();
  }
}

function isBelow(folder: string, path: string): boolean {
  return !/^\.\.($|[\\/])/.test(relative(folder, path)) && !isAbsolute(relative(folder, path));
}

/** The fleet file beside this one that the folder is the output of; undefined for one that is gone, as it is when it was renamed. */
function otherFleet(folder: string, fleetFile: string): string | undefined {
  const read = readTextFile(join(folder, LOCK_FILE), MAX_LOCK_BYTES);
  const name = 'text' in read ? fleetFileOf(read.text) : undefined;
  if (name === undefined || name === basename(fleetFile)) return undefined;
  return existsSync(join(dirname(fleetFile), name)) ? name : undefined;
}

/** @param holds what else the folder holds */
function shared(outputFolder: string, holds: string): Attempt {
  return { problems: [problem({ file: outputFolder }, 'shared-output', { holds })], faults: [] };
}

async function stageAndPublish(tree: StagedTree, props: FillTreeProps, environment: Environment): Promise<Attempt> {
  const { faults, objects, remember } = await fillTree(tree, props, environment);
  const problems = tree.foreign.map((path) => problem({ file: `${props.outputFolder}/${path}` }, 'foreign-file', {}));
  if (faults.length > 0 || problems.length > 0) return { problems, faults };
  const written = tree.publish();
  remember();
  return { tree: written, objects, problems, faults };
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
