/** Runs `cdk8s-spire` in this process, and keeps what it says. */
import { run } from '../lib/cli/main';
import { NOW } from './support';

export interface Answer {
  readonly exitCode: number;
  readonly printed: string;
  readonly complained: string;
}

/** Runs one command line in a folder. */
export function commandLine(folder: string, ...args: readonly string[]): Promise<Answer> {
  return commandLineWith('', folder, ...args);
}

/** The same, with a standard input. */
export async function commandLineWith(input: string, folder: string, ...args: readonly string[]): Promise<Answer> {
  const printed: string[] = [];
  const complained: string[] = [];
  const exitCode = await run(args, {
    cwd: folder,
    now: NOW,
    print: (line) => printed.push(line),
    complain: (line) => complained.push(line),
    input: () => input,
  });
  return { exitCode, printed: printed.join('\n'), complained: complained.join('\n') };
}
