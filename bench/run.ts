/** Runs a program as a child process, and measures its wall-clock time, processor time and peak memory. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export interface Run {
  /** Measured with the clock of the options. */
  readonly seconds: number;
  /** Peak resident memory. */
  readonly megabytes: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** @default - the working folder */
  readonly cwd?: string;
  /** Additional environment variables. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether the program may fail. @default false */
  readonly mayFail?: boolean;
}

/**
 * The clock: `wall` is the time that a person waits, `cpu` is the processor time.
 * - The limits are about wall time. On a shared machine, wall time also depends on the other programs.
 */
export const clock: { reads: 'wall' | 'cpu' } = { reads: 'wall' };

/** The shell's own `time` covers the children of the program as well; GNU time may not be installed. */
const TIMED = 'TIMEFORMAT="TIMED %R %U %S"; time "$@"';

export function run(program: string, args: readonly string[], options: RunOptions = {}): Run {
  const { cwd, env = {}, mayFail = false } = options;
  const child = spawnSync('bash', ['-c', TIMED, 'bash', program, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 1 << 28,
  });
  const [, wall, user, system] = /TIMED ([\d.]+) ([\d.]+) ([\d.]+)\s*$/.exec(child.stderr) ?? [];
  if (wall === undefined || (child.status !== 0 && !mayFail)) {
    throw new Error(`${program} ${args.join(' ')}: ${child.stderr || String(child.error)}`);
  }
  return {
    seconds: clock.reads === 'wall' ? Number(wall) : Number(user) + Number(system),
    megabytes: Number(/MAXRSS (\d+)/.exec(child.stderr)?.[1] ?? 0) / 1024,
    stdout: child.stdout,
    stderr: child.stderr,
  };
}

export function runNode(args: readonly string[], options: RunOptions = {}): Run {
  return run(process.execPath, ['--require', join(__dirname, 'report-memory.js'), ...args], options);
}
