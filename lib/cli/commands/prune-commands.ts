/** `cdk8s-spire prune-commands`: prints the commands that delete from the clusters what the output no longer holds. */
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
    .description('prints the kubectl commands that delete what the output no longer holds; runs none of them')
    .argument('[base]', 'the state that the clusters have: a commit, branch or tag, or a folder', DEFAULT_BASE)
    .option('-f, --fleet <file>', 'fleet file', DEFAULT_FLEET)
    .option('-o, --output <folder>', 'folder that holds the output', DEFAULT_OUTPUT)
    .addHelpText('after', HELP)
    .action((base: string, options: Omit<SideOptions, 'base'>) =>
      runCommand((environment) => printPruneCommands({ base, ...options }, environment)),
    );
};

const HELP = `
For clusters to which kubectl applies; Argo CD and Flux delete by themselves where they prune.
Apply the output first. Namespaces, CustomResourceDefinitions and StatefulSets are comments: they take more along.

Example, after the change was committed:
  $ npx cdk8s-spire prune-commands HEAD~1`;

function printPruneCommands(options: SideOptions, environment: Environment): ExitCode {
  const sides = readSides(options, environment);
  if ('exitCode' in sides) return sides.exitCode;
  const { changes, problems } = compareTrees(sides.base, sides.target);
  if (problems.length > 0) return printProblems(problems, options, environment);
  const removals = removalCommands(changes);
  if (removals.length === 0) {
    const hint = `; if it was committed already, name the commit before: ${ownCommand('prune-commands HEAD~1', options)}`;
    environment.complain(
      `nothing that ${replaceControlCharacters(sides.base.shown)} holds is gone from ${replaceControlCharacters(options.output)}${options.base === DEFAULT_BASE ? hint : ''}`,
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
