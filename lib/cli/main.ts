/** The command line `cdk8s-spire`: parses the arguments, runs a command and returns its exit code. */
import { Command, CommanderError } from 'commander';
import { replaceControlCharactersInLines } from '../problems/control-characters';
import type { AddCommand, RunCommand } from './command';
import { addApp } from './commands/app';
import { addBundle } from './commands/bundle';
import { addCheck } from './commands/check';
import { addDiff } from './commands/diff';
import { addExplain } from './commands/explain';
import { addGraph } from './commands/graph';
import { addInit } from './commands/init';
import { addPruneCommands } from './commands/prune-commands';
import { addRoot } from './commands/root';
import { addSynth } from './commands/synth';
import { type Environment, EXIT, type ExitCode, processEnvironment } from './environment';
import { errorChain } from './error-chain';
import { ownVersion } from './own-package';
import { addRenamedCommands } from './renamed-commands';

/** In the order of the help. */
const COMMANDS: readonly AddCommand[] = [
  addInit,
  addSynth,
  addCheck,
  addDiff,
  addPruneCommands,
  addExplain,
  addGraph,
  addRoot,
  addBundle,
  addApp,
];

export async function main(args: readonly string[]): Promise<void> {
  // The reader of a pipe may stop early, as head does. The command still finishes its writes.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  process.exitCode = await run(args, processEnvironment());
}

/** Runs one command line; never throws. */
export async function run(args: readonly string[], world: Environment): Promise<ExitCode> {
  const environment: Environment = {
    ...world,
    print: (text) => world.print(replaceControlCharactersInLines(text)),
    printError: (text) => world.printError(replaceControlCharactersInLines(text)),
  };
  let exitCode: ExitCode = EXIT.ok;
  const runCommand: RunCommand = async (work) => {
    exitCode = await work(environment);
  };
  const program = new Command('cdk8s-spire')
    .description(
      'Generate the Kubernetes manifests of federated SPIFFE trust domains, with SPIRE and Istio, from one fleet file.',
    )
    .version(ownVersion())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => environment.print(text.trimEnd()),
      writeErr: (text) => environment.printError(text.trimEnd()),
    });
  for (const add of COMMANDS) add(program, runCommand);
  addRenamedCommands(program);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    }
    environment.printError(`internal error: ${errorChain(error)}; this is a bug in cdk8s-spire, please report it`);
    return EXIT.internal;
  }
}
