/** Runs other programs to their end and keeps what they print. */
import { type ChildProcess, spawn } from 'node:child_process';

export interface CommandOptions {
  readonly cwd?: string;
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Text for its standard input. @default - nothing to read */
  readonly input?: string;
  /** In seconds; after it the program and all that it started are killed. @default 120 */
  readonly timeout?: number;
}

export interface CommandResult {
  /** Exit code; 124 after a timeout, as timeout(1) has it; 128 and the signal's number where a signal ended it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that ended with another code than 0. */
export class CommandFailure extends Error {
  constructor(
    readonly commandLine: string,
    readonly result: CommandResult,
  ) {
    super(`${commandLine}\nended with ${result.code}: ${lastLines(result.stderr.trim() || result.stdout.trim(), 15)}`);
  }
}

const MAX_SHOWN = 400;

/** Runs a program; what it printed to standard output, or a CommandFailure. */
export async function run(command: readonly string[], options: CommandOptions = {}): Promise<string> {
  const result = await tryRun(command, options);
  if (result.code !== 0) throw new CommandFailure(command.join(' ').slice(0, MAX_SHOWN), result);
  return result.stdout;
}

/** Programs that run now; none of them may outlive this process. */
const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach(killGroup));

/** Runs a program whose failure is an answer too; throws only when it cannot be started. */
export function tryRun(command: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  const { cwd, env, input, timeout = 120 } = options;
  const [program = '', ...args] = command;
  return new Promise((resolve, reject) => {
    // A group of its own: what is killed after the timeout includes what the program started.
    const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: 'pipe', detached: true });
    running.add(child);
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      killGroup(child);
    }, timeout * 1000);
    const end = (): void => {
      clearTimeout(timer);
      running.delete(child);
    };
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    // A program that ends without reading its input closes the pipe; its exit code tells what happened.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input ?? '');
    child.on('error', (error) => {
      end();
      reject(new Error(`${program} cannot be started`, { cause: error }));
    });
    child.on('close', (code) => {
      end();
      const note = timedOut ? `\nkilled after ${timeout} s` : '';
      resolve({
        code: timedOut ? 124 : (code ?? 137),
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8') + note,
      });
    });
  });
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

export function lastLines(text: string, count: number): string {
  return text.split('\n').slice(-count).join('\n');
}
