/** Everything a command may touch of the world around it, so that tests need no process. */
import { readFileSync } from 'node:fs';

export interface Environment {
  /** Folder that relative paths start from. */
  readonly cwd: string;
  readonly now: Date;
  /** Prints a line of a command's answer. */
  readonly print: (line: string) => void;
  /** Prints a line about the answer: problems, warnings, progress. */
  readonly complain: (line: string) => void;
  /** All of the standard input. */
  readonly input: () => string;
}

/** The real world, for a process. */
export function processEnvironment(): Environment {
  // Whoever reads may stop early, as head does.
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') process.exit();
  });
  return {
    cwd: process.cwd(),
    now: new Date(),
    print: (line) => process.stdout.write(`${line}\n`),
    complain: (line) => process.stderr.write(`${line}\n`),
    input: () => readFileSync(process.stdin.fd, 'utf8'),
  };
}

/** What the shell gets to know. */
export const EXIT = { ok: 0, problems: 1, usage: 2, internal: 3 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
