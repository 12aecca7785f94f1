/** Synthesizes a fleet and publishes the output. If there is a problem, reports it and publishes nothing. */
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
  /** The output before another program deleted it. @default - it was not deleted */
  readonly deleted?: DeletedOutput;
}

export interface DeletedOutput {
  /** The text of its lock. @default - there was no lock */
  readonly lock?: string;
  /** Name of the lock in messages, such as `HEAD:dist/fleet.lock.yaml`. */
  readonly lockFile: string;
  /** The end of a sentence that begins with the folder: who deleted it and how to restore it. */
  readonly state: string;
}

/** Never throws. An unexpected error is printed as an internal error. */
export async function publish(props: PublishProps, environment: Environment): Promise<ExitCode> {
  try {
    return await tryPublish(props, environment);
  } catch (error) {
    environment.printError(
      `internal error: ${errorChain(error)}; this is a bug in cdk8s-spire, please report it with your fleet file`,
    );
    return EXIT.internal;
  }
}

async function tryPublish(props: PublishProps, environment: Environment): Promise<ExitCode> {
  const { fleetFile, outputFolder, selection = WHOLE, deleted } = props;
  const place = { folder: resolve(environment.cwd, outputFolder), fleetFile, outputFolder, selection };
  const lockBefore = lockText(place);
  let preparation = prepareFleet(props, environment);
  const unknown = preparation.fleet && unknownCluster(selection, preparation.fleet);
  if (unknown !== undefined) {
    environment.printError(unknown);
    return EXIT.usage;
  }
  const output = { place, deleted };
  if (preparation.fleet === undefined) return reportOutput(preparation, NOTHING, output, environment);
  // Checked before the folder is listed or written to, because it may be `/`.
  const wrong = checkOutputFolder(place, environment);
  if (wrong !== undefined) return reportOutput(preparation, { problems: [wrong], faults: [] }, output, environment);
  const lock = await acquireLock(place, environment);
  if (!(lock instanceof RunLock)) return reportOutput(preparation, lock, output, environment);
  const afterwards = environment.onInterrupt?.(() => lock.release());
  try {
    // Another run may have changed the folder while this one waited.
    if (lock.hadToWait || lockText(place) !== lockBefore) preparation = prepareFleet(props, environment);
    const { fleet } = preparation;
    const attempt = fleet === undefined ? NOTHING : await writeOutput({ fleet, ...place }, lock, environment);
    return attempt.faults.length > 0
      ? reportFaults(attempt.faults, outputFolder, environment)
      : reportOutput(preparation, attempt, output, environment);
  } finally {
    lock.release();
    afterwards?.();
  }
}

const NOTHING: Attempt = { problems: [], faults: [] };

function lockText({ folder }: OutputFolder): string {
  return JSON.stringify(readTextFile(join(folder, LOCK_FILE), MAX_LOCK_BYTES));
}

/** Resolves the fleet. Without a readable lock the result has no fleet, so nothing is published. */
function prepareFleet({ fleetFile, outputFolder, deleted }: PublishProps, environment: Environment): Preparation {
  const { cwd: folder, now } = environment;
  const { previous, problems } = readPreviousFleet(outputFolder, deleted, environment);
  const preparation = prepare(fleetFile, { now, folder, previous });
  return problems.length === 0
    ? preparation
    : { ...preparation, fleet: undefined, problems: [...problems, ...preparation.problems] };
}

function readPreviousFleet(
  outputFolder: string,
  deleted: DeletedOutput | undefined,
  environment: Environment,
): Previous {
  return deleted?.lock === undefined
    ? readPrevious(outputFolder, environment)
    : previousOf(deleted.lock, deleted.lockFile);
}

/** Waits for the lock of the folder. Returns a failed attempt if the lock cannot be acquired. */
async function acquireLock(
  { folder, outputFolder }: OutputFolder,
  environment: Environment,
): Promise<RunLock | Attempt> {
  const onWait = (by: string): void =>
    environment.printError(`${by} is writing to ${outputFolder}/; waiting for it to end`);
  try {
    const lock = await RunLock.acquire({ folder, lockTimeout: environment.lockTimeout, onWait });
    if (lock instanceof RunLock) return lock;
    const facts = { by: lock.by, file: join(outputFolder, RUN_LOCK) };
    return { problems: [problem({ file: outputFolder }, 'output-in-use', facts)], faults: [] };
  } catch (error) {
    return failedOnDisk(error, outputFolder);
  }
}

interface ReportedOutput {
  readonly place: OutputFolder;
  readonly deleted: DeletedOutput | undefined;
}

function reportOutput(
  { fleet, problems, source }: Preparation,
  attempt: Attempt,
  { place: { outputFolder, selection }, deleted }: ReportedOutput,
  environment: Environment,
): ExitCode {
  const all = [...problems, ...attempt.problems];
  if (all.length > 0) {
    environment.printError(renderProblems(all, source));
  }
  if (fleet === undefined || attempt.tree === undefined) {
    const count = all.filter(({ severity }) => severity === 'error').length;
    const untouched = deleted?.state ?? 'is unchanged';
    const state = attempt.partly ? 'is partly written, and the next run of synth completes it' : untouched;
    environment.printError(`${pluralize(count, 'problem')}; ${replaceControlCharacters(outputFolder)}/ ${state}`);
    return EXIT.problems;
  }
  const { written, removed, unchanged } = attempt.tree;
  environment.printError(
    `${pluralizeClusters(fleet, selection)}, ${attempt.objects} objects: ` +
      `${pluralize(written.length, 'file')} written, ${unchanged} unchanged, ${removed.length} removed in ${replaceControlCharacters(outputFolder)}/`,
  );
  return EXIT.ok;
}

/** Prints the findings of the output checks. @returns the exit code `internal` */
export function reportFaults(
  faults: readonly OutputFault[],
  outputFolder: string,
  { printError }: Environment,
): ExitCode {
  for (const { file, object, reason } of faults) {
    printError(`internal error: ${outputFolder}/${file}: ${object === undefined ? '' : `${object} `}${reason}`);
  }
  printError(`nothing was written; this is a bug in cdk8s-spire, please report it with your fleet file`);
  return EXIT.internal;
}
