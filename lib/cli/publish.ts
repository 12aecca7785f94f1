/** The main job: synthesizes a fleet and publishes the output, or says what is wrong and publishes nothing. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { PreviousFleet } from '../model/previous-fleet';
import type { ResolvedFleet } from '../model/resolved-fleet';
import { type Problem, problem } from '../problems/problem';
import { renderProblems } from '../problems/render';
import type { OutputFault } from '../synth/checks/fault';
import { codeVersion } from '../synth/code-version';
import { LOCK_FILE, readLock } from '../synth/fleet-lock';
import type { OutputReceiver } from '../synth/output-assembly';
import { OutputMemory } from '../synth/output-memory';
import { type Preparation, prepare } from '../synth/prepare';
import { type Selection, WHOLE } from '../synth/selection';
import { StagedTree, type WrittenTree } from '../synth/write-tree';
import { type Environment, EXIT, type ExitCode } from './environment';
import { makeOutputOnThreads } from './threads/make-output-on-threads';

export interface PublishProps {
  /** Relative to the environment's folder. */
  readonly fleetFile: string;
  /** Relative to the environment's folder. */
  readonly outputFolder: string;
  /** The part of the output to write. @default - all of it */
  readonly selection?: Selection;
}

/** What the last synthesis decided, where its output is still there; a problem where that cannot be read. */
export function readPrevious(
  outputFolder: string,
  { cwd }: Environment,
): { readonly previous?: PreviousFleet; readonly problems: readonly Problem[] } {
  const file = resolve(cwd, outputFolder, LOCK_FILE);
  return existsSync(file) ? previousOf(readFileSync(file, 'utf8'), join(outputFolder, LOCK_FILE)) : { problems: [] };
}

/** @param file as it is shown */
export function previousOf(
  text: string,
  file: string,
): { readonly previous?: PreviousFleet; readonly problems: readonly Problem[] } {
  const previous = readLock(text);
  return previous === undefined ? { problems: [problem({ file }, 'damaged-lock', {})] } : { previous, problems: [] };
}

/** Never throws: what nobody foresaw is reported as a fault of this program. */
export async function publish(
  { fleetFile, outputFolder, selection = WHOLE }: PublishProps,
  environment: Environment,
): Promise<ExitCode> {
  try {
    const folder = resolve(environment.cwd, outputFolder);
    const { previous, problems } = readPrevious(outputFolder, environment);
    const preparation = withProblems(
      prepare(fleetFile, { now: environment.now, folder: environment.cwd, previous }),
      problems,
    );
    const missing = selection.named.find((name) => !preparation.fleet?.clusters.some((one) => one.name === name));
    if (preparation.fleet !== undefined && missing !== undefined) {
      environment.complain(`no cluster is named "${missing}"; nothing was written`);
      return EXIT.usage;
    }
    const memory = memoryOf(preparation.fleet, { fleetFile, outputFolder }, environment);
    const { progress, threads } = environment;
    const place = { folder, fleetFile, shownFolder: outputFolder, selection, memory, progress, threads };
    const attempt = await attemptWrite(preparation.fleet, place);
    return attempt.faults.length > 0
      ? reportFaults(attempt.faults, outputFolder, environment)
      : report(preparation, attempt, place, environment);
  } catch (error) {
    const { message } = error as Error;
    environment.complain(
      `internal error: ${message}; this is a fault of cdk8s-spire, please report it with your fleet file`,
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
  { shownFolder: outputFolder, selection }: Place,
  environment: Environment,
): ExitCode {
  const all = [...problems, ...attempt.problems];
  if (all.length > 0) {
    environment.complain(renderProblems(all, source));
  }
  if (fleet === undefined || attempt.tree === undefined) {
    const count = all.filter(({ severity }) => severity === 'error').length;
    const state = attempt.partly ? 'partly written, and synth goes on from there' : 'unchanged';
    environment.complain(`${counted(count, 'problem')}; ${outputFolder}/ is ${state}`);
    return EXIT.problems;
  }
  const { written, removed, unchanged } = attempt.tree;
  const selected = fleet.clusters.filter(({ name }) => selection.includes(name)).length;
  const part = selected === fleet.clusters.length ? '' : `${selected} of `;
  environment.complain(
    `${part}${counted(fleet.clusters.length, 'cluster')}, ${attempt.objects} objects: ` +
      `${written.length} files written, ${unchanged} unchanged, ${removed.length} removed in ${outputFolder}/`,
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

interface Place extends Pick<Environment, 'progress' | 'threads'> {
  readonly folder: string;
  readonly selection: Selection;
  readonly memory?: OutputMemory;
  readonly fleetFile: string;
  /** As the person wrote it. */
  readonly shownFolder: string;
}

async function attemptWrite(fleet: ResolvedFleet | undefined, place: Place): Promise<Attempt> {
  try {
    return fleet === undefined ? { problems: [], faults: [] } : await stageAndPublish(fleet, place);
  } catch (error) {
    const { code, path, message } = error as NodeJS.ErrnoException;
    if (code === undefined) {
      throw error;
    }
    const problems = [problem({ file: path ?? place.shownFolder }, 'unwritable-output', { reason: message })];
    return { problems, faults: [], partly: error instanceof PartlyPublished };
  }
}

/** What kept the files that are moved last from their places. */
class PartlyPublished extends Error {
  readonly code?: string;
  readonly path?: string;

  constructor(cause: unknown) {
    const { message, code, path } = cause as NodeJS.ErrnoException;
    super(message, { cause });
    this.code = code;
    this.path = path;
  }
}

async function stageAndPublish(fleet: ResolvedFleet, place: Place): Promise<Attempt> {
  const { folder, fleetFile, shownFolder, selection, memory, threads } = place;
  const tree = new StagedTree(folder, selection);
  let published = false;
  try {
    const receiver = receiverOf(tree, fleet, place);
    const { faults, objects } = await makeOutputOnThreads({ fleet, fleetFile, receiver, selection }, threads);
    const problems = tree.foreign.map((path) => problem({ file: `${shownFolder}/${path}` }, 'foreign-file', {}));
    published = faults.length === 0 && problems.length === 0;
    if (!published) return { problems, faults };
    const written = publishTree(tree);
    memory?.save(fleet.clusters);
    return { tree: written, objects, problems, faults };
  } finally {
    place.progress?.('');
    if (!published) tree.discard();
  }
}

function publishTree(tree: StagedTree): WrittenTree {
  try {
    return tree.publish();
  } catch (error) {
    tree.discard();
    throw new PartlyPublished(error);
  }
}

/** A cluster takes some milliseconds. */
const SHOWN_EACH = 10;

function receiverOf(tree: StagedTree, { clusters }: ResolvedFleet, place: Place): OutputReceiver {
  const { memory, selection, progress = () => {} } = place;
  const all = clusters.filter(({ name }) => selection.includes(name)).length;
  let begun = 0;
  return {
    isInPlace: (cluster) => {
      begun += 1;
      if (begun % SHOWN_EACH === 0) progress(`${begun} of ${all} clusters`);
      const known = memory?.find(cluster, (path) => tree.tryRead(path));
      if (known !== undefined) tree.keep(known.paths);
      return known?.inventory;
    },
    takeCluster: (cluster, { files, inventory }) => memory?.remember(cluster, files, inventory),
    take: (files) => tree.add(files),
  };
}

/** Fewer clusters are made in less time than it takes to find out whether the code is still the same. */
const FEWEST_REMEMBERED = 10;

function memoryOf(
  fleet: ResolvedFleet | undefined,
  { fleetFile, outputFolder }: PublishProps,
  { memory, cwd }: Environment,
): OutputMemory | undefined {
  if (memory === undefined || fleet === undefined || fleet.clusters.length < FEWEST_REMEMBERED) return undefined;
  const name = createHash('sha256')
    .update(JSON.stringify([fleetFile, outputFolder]))
    .digest('hex')
    .slice(0, 16);
  const context = JSON.stringify([codeVersion(), memory.runtime, basename(fleetFile)]);
  return new OutputMemory({ file: resolve(cwd, memory.folder, `${name}.json`), context });
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
