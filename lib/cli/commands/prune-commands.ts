/** `cdk8s-spire prune-commands`: prints the commands that delete the objects that are no longer in the output. */
import { DEFAULT_FLEET, DEFAULT_OUTPUT, ownCommand } from '../../problems/commands';
import { replaceControlCharacters } from '../../problems/control-characters';
import { compareTrees } from '../../review/compare-trees';
import { removalCommands } from '../../review/removal-commands';
import type { AddCommand } from '../command';
import { type Environment, EXIT, type ExitCode } from '../environment';
import { printProblems, readSides, type SideOptions } from '../review-sides';

const DEFAULT_BASE = 'HEAD';

export const addPruneCommands: AddCommand = (program, runCommand) => {
  program
    .command('prune-commands')
    .description('print, but do not run, the kubectl commands that delete objects which are no longer in the output')
    .argument('[base]', 'the output that was applied to the clusters: a commit, branch, tag or folder', DEFAULT_BASE)
    .option('-f, --fleet <file>', 'fleet file', DEFAULT_FLEET)
    .option('-o, --output <folder>', 'output folder', DEFAULT_OUTPUT)
    .addHelpText('after', HELP)
    .action((base: string, options: Omit<SideOptions, 'base'>) =>
      runCommand((environment) => printPruneCommands({ base, ...options }, environment)),
    );
};

const HELP = `
Use these commands for clusters that you apply with kubectl. Argo CD and Flux delete the objects themselves if pruning
is on. Apply the new output first. Commands for Namespaces, CustomResourceDefinitions and StatefulSets are commented
out, because they delete other objects or data too.

Example, after the change is committed:
  $ npx cdk8s-spire prune-commands HEAD~1`;

function printPruneCommands(options: SideOptions, environment: Environment): ExitCode {
  const sides = readSides(options, environment);
  if ('exitCode' in sides) return sides.exitCode;
  const { changes, problems } = compareTrees(sides.base, sides.target);
  if (problems.length > 0) return printProblems(problems, options, environment);
  const removals = removalCommands(changes);
  if (removals.length === 0) {
    const hint = `; if the change is already committed, compare with the commit before it: ${ownCommand('prune-commands HEAD~1', options)}`;
    environment.printError(
      `every object in ${replaceControlCharacters(sides.base.shown)} is still in ${replaceControlCharacters(options.output)}${options.base === DEFAULT_BASE ? hint : ''}`,
    );
    return EXIT.ok;
  }
  environment.print(
    removals
      .map(({ cluster, lines }) => [`# ${replaceControlCharacters(cluster, ' ')}`, ...lines].join('\n'))
      .join('\n\n'),
  );
  return EXIT.ok;
}
