/** A lock on an output folder. A second synthesis waits for the first, and fails after a timeout. */
import { randomUUID } from 'node:crypto';
import { readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { makeFolder } from '../disk/make-folder';
import { readTextFile } from '../disk/read-file';
import { RUN_LOCK } from '../output/run-lock-file';
import { isAlive } from './is-alive';

/** The process that holds a folder. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Start time of the process in clock ticks since boot. Tells it from a later process with the same pid. @default - not known */
  readonly started?: string;
  /** A random id of the run. */
  readonly run: string;
}

export interface RunLockProps {
  /** The output folder. It is created if it does not exist. */
  readonly folder: string;
  /** How long to wait for another process, in milliseconds. @default 60000 */
  readonly lockTimeout?: number;
  /** Called once if another process holds the folder. */
  readonly onWait: (by: string) => void;
}

/** In milliseconds. */
const MINUTE = 60_000;
const POLL = 100;

/** A run on another machine cannot be checked. After this time it counts as ended. */
const LONGEST_RUN = 30 * MINUTE;

/** Lock files of this process. A pid in a lock file does not prove that: the pid of a killed run can be used again. */
const held = new Set<string>();

export class RunLock {
  private constructor(
    readonly file: string,
    private readonly run: string,
    /** The outermost folder that this run created. */
    private readonly made: string | undefined,
    /** Whether another process held the folder first. */
    readonly hadToWait: boolean,
  ) {
    held.add(file);
  }

  /**
   * Acquires the lock of a folder. Waits while another process holds it.
   * @returns a description of the holder if the wait timed out
   * @throws an error of the disk
   */
  static async acquire({
    folder,
    lockTimeout = MINUTE,
    onWait,
  }: RunLockProps): Promise<RunLock | { readonly by: string }> {
    const made = makeFolder(folder);
    const file = join(folder, RUN_LOCK);
    for (let waited = 0; ; waited += POLL) {
      const run = randomUUID();
      if (tryCreate(file, run)) return new RunLock(file, run, made, waited > 0);
      const by = liveHolder(file);
      if (by === undefined) {
        // Two processes may both remove a stale lock here. Each checks `isHeld` before it publishes.
        rmSync(file, { force: true, recursive: true });
        continue;
      }
      if (waited >= lockTimeout) return { by };
      if (waited === 0) onWait(by);
      await setTimeout(POLL);
    }
  }

  /** Whether this run still holds the folder. Check this before publishing. */
  get isHeld(): boolean {
    return readHolder(this.file)?.run === this.run;
  }

  /** Releases the lock. Removes the folder if this run created it and wrote nothing. */
  release(): void {
    if (!held.has(this.file)) return;
    if (this.isHeld) rmSync(this.file, { force: true });
    held.delete(this.file);
    if (this.made === undefined) return;
    try {
      for (let folder = dirname(this.file); folder.length >= this.made.length; folder = dirname(folder))
        rmdirSync(folder);
    } catch {
      // The folder is not empty.
    }
  }
}

function tryCreate(file: string, run: string): boolean {
  const holder: Holder = { pid: process.pid, host: hostname(), started: startTimeOf(process.pid), run };
  try {
    writeFileSync(file, JSON.stringify(holder), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Describes the process that holds a folder. Undefined if it has ended. */
function liveHolder(file: string): string | undefined {
  const holder = readHolder(file);
  // The file is empty for a moment between its creation and its first write.
  if (holder === undefined) return isOlder(file, MINUTE) ? undefined : 'a process that has just begun';
  const { pid, host, started } = holder;
  if (host !== hostname()) {
    return isOlder(file, LONGEST_RUN) ? undefined : `process ${pid} on ${host}`;
  }
  if (pid === process.pid) return held.has(file) ? 'this process' : undefined;
  const isAnother = started !== undefined && startTimeOf(pid) !== started;
  return isAlive(pid) && !isAnother ? `process ${pid}` : undefined;
}

function readHolder(file: string): Holder | undefined {
  const read = readTextFile(file, 4096);
  if (!('text' in read)) return undefined;
  try {
    const { pid, host, started, run } = JSON.parse(read.text) as Partial<Holder>;
    const isWhole = Number.isInteger(pid) && typeof host === 'string' && typeof run === 'string';
    return isWhole ? ({ pid, host, started, run } as Holder) : undefined;
  } catch {
    return undefined;
  }
}

function isOlder(file: string, age: number): boolean {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined || Date.now() - stat.mtimeMs > age;
}

/** When a process started, in clock ticks since boot. Undefined without a Linux /proc. */
function startTimeOf(pid: number): string | undefined {
  try {
    const [, fields = ''] = /^\d+ \(.*\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    // `starttime` is field 22. The name in field 2 may contain spaces, so fields are counted after its closing parenthesis.
    return fields.split(' ')[19];
  } catch {
    return undefined;
  }
}
