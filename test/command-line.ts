/** Runs `cdk8s-spire` in this process, and keeps what it says. */
import type { Environment } from '../lib/cli/environment';
import { run } from '../lib/cli/main';
import { NOW } from './support';

export interface Answer {
  readonly exitCode: number;
  readonly printed: string;
  readonly errorOutput: string;
}

/** Runs one command line in a folder. */
export function commandLine(folder: string, ...args: readonly string[]): Promise<Answer> {
  return commandLineWith('', folder, ...args);
}

/** The same, with a standard input. */
export function commandLineWith(input: string, folder: string, ...args: readonly string[]): Promise<Answer> {
  return commandLineIn({ cwd: folder, input: async () => ({ text: input }) }, ...args);
}

/** The same, in a world of which some parts are given. */
export async function commandLineIn(world: Partial<Environment>, ...args: readonly string[]): Promise<Answer> {
  const printed: string[] = [];
  const errorOutput: string[] = [];
  const exitCode = await run(args, {
    cwd: '.',
    now: NOW,
    print: (line) => printed.push(line),
    printError: (line) => errorOutput.push(line),
    input: async () => ({ text: '' }),
    variables: {},
    execute: () => ({ status: 127, stdout: '', stderr: 'no program runs in a test' }),
    ...world,
  });
  return { exitCode, printed: printed.join('\n'), errorOutput: errorOutput.join('\n') };
}
