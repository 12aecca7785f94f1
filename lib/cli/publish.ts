/** The main job: synthesizes a fleet and publishes the output, or says what is wrong and publishes nothing. */
import { join, resolve } from 'node:path';
import type { OutputFault } from '../checks/output-fault';
import { readTextFile } from '../disk/read-file';
import { LOCK_FILE, MAX_LOCK_BYTES } from '../output/fleet-lock';
import { type Preparation, prepare } from '../output/prepare';
import { RUN_LOCK } from '../output/run-lock-file';
import { type Selection, WHOLE } from '../output/selection';
import { replaceControlCharacters } from '../problems/control-characters';
import { problem } from '../problems/problem';
import { renderProblems } from '../problems/render';
import { checkOutputFolder } from './check-output-folder';
import { type Environment, EXIT, type ExitCode } from './environment';
import { errorChain } from './error-chain';
import { pluralize } from './pluralize';
import { type Previous, previousOf, readPrevious } from './previous-lock';
import { RunLock } from './run-lock';
import { pluralizeClusters, unknownCluster } from './selection-options';
import { type Attempt, failedOnDisk, type OutputFolder, writeOutput } from './write-output';

export interface PublishProps {
  /** Relative to the environment's folder. */
  readonly fleetFile: string;
  /** Relative to the environment's folder. */
  readonly outputFolder: string;
  /** The part of the output to write. @default - all of it */
  readonly selection?: Selection;
  /** The output as it was before another program deleted it. @default - nothing deleted it */
  readonly deleted?: DeletedOutput;
}

export interface DeletedOutput {
  /** The text of its lock. @default - it had none */
  readonly lock?: string;
  /** Where the lock was read, as a person names it. */
  readonly lockFile: string;
  /** Ends a sentence about the folder: who deleted it, and how it is taken back. */
  readonly state: string;
}

/** Never throws: what nobody foresaw is reported as a fault of this program. */
export async function publish(props: PublishProps, environment: Environment): Promise<ExitCode> {
  try {
    return await tryPublish(props, environment);
  } catch (error) {
    environment.complain(
      `internal error: ${errorChain(error)}; this is a fault of cdk8s-spire, please report it with your fleet file`,
    );
    return EXIT.internal;
  }
}

async function tryPublish(props: PublishProps, environment: Environment): Promise<ExitCode> {
  const { fleetFile, outputFolder, selection = WHOLE, deleted } = props;
  const place = { folder: resolve(environment.cwd, outputFolder), fleetFile, outputFolder, selection };
  const lockBefore = lockText(place);
  let preparation = prepareHere(props, environment);
  const unknown = preparation.fleet && unknownCluster(selection, preparation.fleet);
  if (unknown !== undefined) {
    environment.complain(unknown);
    return EXIT.usage;
  }
  const told = { place, deleted };
  if (preparation.fleet === undefined) return report(preparation, NOTHING, told, environment);
  // Asked before anything is put into the folder, or listed: it may be the root of everything.
  const wrong = checkOutputFolder(place, environment);
  if (wrong !== undefined) return report(preparation, { problems: [wrong], faults: [] }, told, environment);
  const lock = await hold(place, environment);
  if (!(lock instanceof RunLock)) return report(preparation, lock, told, environment);
  const afterwards = environment.onInterrupt?.(() => lock.release());
  try {
    // Another run may have written in between.
    if (lock.hadToWait || lockText(place) !== lockBefore) preparation = prepareHere(props, environment);
    const { fleet } = preparation;
    const attempt = fleet === undefined ? NOTHING : await writeOutput({ fleet, ...place }, lock, environment);
    return attempt.faults.length > 0
      ? reportFaults(attempt.faults, outputFolder, environment)
      : report(preparation, attempt, told, environment);
  } finally {
    lock.release();
    afterwards?.();
  }
}

const NOTHING: Attempt = { problems: [], faults: [] };

function lockText({ folder }: OutputFolder): string {
  return JSON.stringify(readTextFile(join(folder, LOCK_FILE), MAX_LOCK_BYTES));
}

/** The fleet is not published where what was decided before is not known. */
function prepareHere({ fleetFile, outputFolder, deleted }: PublishProps, environment: Environment): Preparation {
  const { cwd: folder, now } = environment;
  const { previous, problems } = previousHere(outputFolder, deleted, environment);
  const preparation = prepare(fleetFile, { now, folder, previous });
  return problems.length === 0
    ? preparation
    : { ...preparation, fleet: undefined, problems: [...problems, ...preparation.problems] };
}

function previousHere(outputFolder: string, deleted: DeletedOutput | undefined, environment: Environment): Previous {
  return deleted?.lock === undefined
    ? readPrevious(outputFolder, environment)
    : previousOf(deleted.lock, deleted.lockFile);
}

/** Waits for the folder; what keeps it from being held is told as an attempt that failed. */
async function hold({ folder, outputFolder }: OutputFolder, environment: Environment): Promise<RunLock | Attempt> {
  const onWait = (by: string): void => environment.complain(`${by} writes into ${outputFolder}/; waiting for its end`);
  try {
    const lock = await RunLock.acquire({ folder, patience: environment.patience, onWait });
    if (lock instanceof RunLock) return lock;
    const facts = { by: lock.by, file: join(outputFolder, RUN_LOCK) };
    return { problems: [problem({ file: outputFolder }, 'output-in-use', facts)], faults: [] };
  } catch (error) {
    return failedOnDisk(error, outputFolder);
  }
}

interface Told {
  readonly place: OutputFolder;
  readonly deleted: DeletedOutput | undefined;
}

function report(
  { fleet, problems, source }: Preparation,
  attempt: Attempt,
  { place: { outputFolder, selection }, deleted }: Told,
  environment: Environment,
): ExitCode {
  const all = [...problems, ...attempt.problems];
  if (all.length > 0) {
    environment.complain(renderProblems(all, source));
  }
  if (fleet === undefined || attempt.tree === undefined) {
    const count = all.filter(({ severity }) => severity === 'error').length;
    const untouched = deleted?.state ?? 'is unchanged';
    const state = attempt.partly ? 'is partly written, and synth goes on from there' : untouched;
    environment.complain(`${pluralize(count, 'problem')}; ${replaceControlCharacters(outputFolder)}/ ${state}`);
    return EXIT.problems;
  }
  const { written, removed, unchanged } = attempt.tree;
  environment.complain(
    `${pluralizeClusters(fleet, selection)}, ${attempt.objects} objects: ` +
      `${pluralize(written.length, 'file')} written, ${unchanged} unchanged, ${removed.length} removed in ${replaceControlCharacters(outputFolder)}/`,
  );
  return EXIT.ok;
}

/** Prints the findings of the output checks. @returns the exit code `internal` */
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
