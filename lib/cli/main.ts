/** The command line `cdk8s-spire`: reads arguments, hands them to a command, ends with its exit code. */
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { explain } from './commands/explain';
import { makeRoots } from './commands/root';
import { type Environment, EXIT, type ExitCode, processEnvironment } from './environment';

export async function main(args: readonly string[]): Promise<void> {
  process.exitCode = await run(args, processEnvironment());
}

/** Runs one command line; never throws. */
export async function run(args: readonly string[], environment: Environment): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.ok;
  const program = new Command('cdk8s-spire')
    .description('Helps with what stands around a fleet; its manifests are written by: npx cdk8s synth')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => environment.print(text.trimEnd()),
      writeErr: (text) => environment.complain(text.trimEnd()),
    });
  program
    .command('root')
    .description('makes a trial root and intermediate CA for each trust domain that lacks one, and says how to load it')
    .argument('[cluster...]', 'only for these clusters')
    .option('-f, --fleet <file>', 'fleet file', 'fleet.yaml')
    .option('--years <count>', 'life of a new root', wholeNumber(1, 50), 10)
    .option('--days <count>', 'life of a new intermediate', wholeNumber(1, 3650), 365)
    .option('--replace', 'make new roots even where there are some; their peers must be told', false)
    .addHelpText('after', '\nExample, for a first trial of fleet.yaml:\n  $ npx cdk8s-spire root')
    .action(async (clusters: string[], options: { fleet: string; years: number; days: number; replace: boolean }) => {
      exitCode = await makeRoots({ clusters, ...options }, environment);
    });
  program
    .command('explain')
    .description('says which SVID a pod gets and from which rule, or whether one workload reaches another')
    .argument(
      '<pod>',
      'a workload, pod or gateway, such as bookinfo or cluster2/bookinfo/ratings-v1; - reads a Pod from standard input',
    )
    .argument('[called]', 'a workload: explains the call of the first to this one')
    .option('-f, --fleet <file>', 'fleet file', 'fleet.yaml')
    .option('--cluster <name>', 'cluster of the Pod from standard input')
    .option('--json', 'answer in JSON', false)
    .addHelpText(
      'after',
      '\nEnds with 1 where there is no SVID or no way.\n\nExamples:\n  $ npx cdk8s-spire explain curl-greeter bookinfo\n' +
        '  $ kubectl get pod NAME -n NAMESPACE -o yaml | npx cdk8s-spire explain - --cluster cluster1',
    )
    .action((name: string, called: string | undefined, options: { fleet: string; cluster?: string; json: boolean }) => {
      exitCode = explain({ name, called, ...options }, environment);
    });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    }
    environment.complain(
      `internal error: ${error instanceof Error ? error.message : String(error)}; this is a fault of cdk8s-spire, please report it`,
    );
    return EXIT.internal;
  }
}

function wholeNumber(from: number, to: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < from || value > to) {
      throw new InvalidArgumentError(`It is not a whole number from ${from} to ${to}.`);
    }
    return value;
  };
}
