/** Everything a command may touch of the world around it, so that tests need no process. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

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
  /** All of the standard input. */
  readonly input: () => string;
  /** Where what earlier runs found out may be kept. @default - nothing is kept */
  readonly memory?: {
    readonly folder: string;
    /** What of this process shapes the output. */
    readonly runtime: string;
  };
  /** Runs a program to its end; a program that is not there ends with a status of its own. */
  readonly execute: (program: string, args: readonly string[]) => Executed;
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
    input: () => readFileSync(process.stdin.fd, 'utf8'),
    execute,
    memory: processMemory(),
  };
}

/** Beside the packages of the project that synthesizes, where tools keep what can be lost; nowhere without such a folder. */
function processMemory(): Environment['memory'] {
  const folder = join('node_modules', '.cache', 'cdk8s-spire');
  const runtime = JSON.stringify([process.version, process.env.CDK8S_DISABLE_SORT ?? '']);
  return process.env.CDK8S_SPIRE_MEMORY !== 'off' && existsSync('node_modules') ? { folder, runtime } : undefined;
}

function execute(program: string, args: readonly string[]): Executed {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return error === undefined
    ? { status: status ?? 1, stdout, stderr }
    : { status: 127, stdout: '', stderr: `${program} cannot be run: ${error.message}` };
}

/** What the shell gets to know. */
export const EXIT = { ok: 0, problems: 1, usage: 2, internal: 3 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
