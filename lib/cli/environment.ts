/** Everything a command may touch of the world around it, so that tests need no process. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { onInterrupt } from './interrupts';
import { type Input, readInput } from './read-input';

export interface Environment {
  /** Folder that relative paths start from. */
  readonly cwd: string;
  readonly now: Date;
  /** Prints a line of a command's answer. */
  readonly print: (line: string) => void;
  /** Prints a line about the answer: problems, warnings, progress. */
  readonly complain: (line: string) => void;
  /** Shows how far a long run is, in place of what it showed before; "" clears it. @default - nobody watches */
  readonly progress?: (text: string) => void;
  /** All of the standard input, or why it gave none. */
  readonly input: () => Promise<Input>;
  /**
   * Has something done before the run ends where the person or the system breaks it off; what it returns ends that.
   * @default - nobody breaks it off
   */
  readonly onInterrupt?: (cleanUp: () => void) => () => void;
  /** How long to wait for another run that writes into the same folder, in milliseconds. @default a minute */
  readonly patience?: number;
  /** Variables of the process, such as CDK8S_OUTDIR. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Asks the person for a line; absent where nobody sits at a terminal. */
  readonly ask?: (question: string) => Promise<string>;
  /** Runs a program to its end; a program that is not there ends with a status of its own. */
  readonly execute: (program: string, args: readonly string[], options?: ExecuteOptions) => Executed;
}

export interface ExecuteOptions {
  /** Standard input. @default - none */
  readonly input?: string;
  /** `latin1` keeps each byte as one character, whatever it is. @default utf8 */
  readonly encoding?: 'utf8' | 'latin1';
  /** Most bytes of output; more is a failure. @default 64 MiB */
  readonly maxBytes?: number;
}

/** What a program left behind. */
export interface Executed {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The real world, for a process. */
export function processEnvironment(): Environment {
  return {
    cwd: process.cwd(),
    now: new Date(),
    print: (line) => process.stdout.write(`${line}\n`),
    complain: (line) => process.stderr.write(`${line}\n`),
    progress: process.stderr.isTTY ? (text) => process.stderr.write(`\r\x1b[K${text}`) : undefined,
    input: () => readInput(process.stdin),
    onInterrupt,
    variables: process.env,
    ...(process.stdin.isTTY && { ask }),
    execute,
  };
}

/** Empty where the person ends the input, or breaks off, in place of an answer. */
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

/** What the shell gets to know. */
export const EXIT = { ok: 0, problems: 1, usage: 2, internal: 3 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
