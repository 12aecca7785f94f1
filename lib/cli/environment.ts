/** The process, clock, console and programs that a command may use. Tests replace them. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { onInterrupt } from './interrupts';
import { type Input, readInput } from './read-input';

export interface Environment {
  /** Working folder, which relative paths start from. */
  readonly cwd: string;
  readonly now: Date;
  /** Prints a line of the result on standard output. */
  readonly print: (line: string) => void;
  /** Prints a line on standard error: a problem, a warning or a note. */
  readonly printError: (line: string) => void;
  /** Shows the progress of a long run in one line that each call replaces; "" clears it. @default - no progress is shown */
  readonly progress?: (text: string) => void;
  /** All of standard input, or the reason why it cannot be read. */
  readonly input: () => Promise<Input>;
  /**
   * Registers a clean-up that runs if a signal ends the process. Returns a function that removes it.
   * @default - signals are not handled
   */
  readonly onInterrupt?: (cleanUp: () => void) => () => void;
  /** How long to wait for another run that writes into the same folder, in milliseconds. @default a minute */
  readonly lockTimeout?: number;
  /** Environment variables of the process, such as CDK8S_OUTDIR. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Asks a question on the terminal and returns the answer. @default - standard input is not a terminal */
  readonly ask?: (question: string) => Promise<string>;
  /** Runs a program to its end. The status is 127 if the program cannot be started. */
  readonly execute: (program: string, args: readonly string[], options?: ExecuteOptions) => Executed;
}

export interface ExecuteOptions {
  /** Standard input. @default - none */
  readonly input?: string;
  /** Encoding of input and output. `latin1` maps each byte to one character. @default utf8 */
  readonly encoding?: 'utf8' | 'latin1';
  /** Maximum size of the output in bytes. More is a failure. @default 64 MiB */
  readonly maxBytes?: number;
}

/** The result of a program that ended. */
export interface Executed {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The environment of the running process. */
export function processEnvironment(): Environment {
  return {
    cwd: process.cwd(),
    now: new Date(),
    print: (line) => process.stdout.write(`${line}\n`),
    printError: (line) => process.stderr.write(`${line}\n`),
    progress: process.stderr.isTTY ? (text) => process.stderr.write(`\r\x1b[K${text}`) : undefined,
    input: () => readInput(process.stdin),
    onInterrupt,
    variables: process.env,
    ...(process.stdin.isTTY && { ask }),
    execute,
  };
}

/** Returns an empty answer if the input ends or is interrupted. */
async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const ended = once(terminal, 'close').then(() => '');
  try {
    return await Promise.race([terminal.question(`${question} `), ended]);
  } catch {
    return '';
  } finally {
    terminal.close();
  }
}

function execute(
  program: string,
  args: readonly string[],
  { input, encoding = 'utf8', maxBytes = 64 * 1024 * 1024 }: ExecuteOptions = {},
): Executed {
  const { status, stdout, stderr, error } = spawnSync(program, args, { input, encoding, maxBuffer: maxBytes });
  return error === undefined
    ? { status: status ?? 1, stdout, stderr }
    : { status: 127, stdout: '', stderr: `${program} cannot be run: ${error.message}` };
}

/** Exit codes of the process. */
export const EXIT = { ok: 0, problems: 1, usage: 2, internal: 3 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
