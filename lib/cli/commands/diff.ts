/** `cdk8s-spire diff`: shows what a change does to each cluster, with its risk and the workloads that it affects. */
import { Option } from 'commander';
import { DEFAULT_FLEET, DEFAULT_OUTPUT } from '../../problems/commands';
import { renderJson } from '../../review/render-json';
import { renderMarkdown } from '../../review/render-markdown';
import { renderText } from '../../review/render-text';
import { type Review, review } from '../../review/review';
import { isAtLeast, RISKS, type Risk } from '../../review/risk';
import type { AddCommand } from '../command';
import { type Environment, EXIT, type ExitCode } from '../environment';
import { printProblems, readSides, type SideOptions } from '../review-sides';
import { addSelectionOptions, type SelectionOptions, selectionOf } from '../selection-options';

const FORMATS = ['text', 'markdown', 'json'] as const;

interface DiffOptions extends Omit<SideOptions, 'selection'>, SelectionOptions {
  readonly format: (typeof FORMATS)[number];
  readonly failOn?: Risk;
}

export const addDiff: AddCommand = (program, runCommand) => {
  const command = program
    .command('diff')
    .description(
      'compare the output with an earlier one: list changed objects, their risk and the workloads that they affect',
    )
    .argument('[base]', 'a commit, branch, tag or folder; main... is the merge base with main', 'HEAD')
    .option('-f, --fleet <file>', 'fleet file', DEFAULT_FLEET)
    .option('-o, --output <folder>', 'output folder', DEFAULT_OUTPUT)
    .option('--base-fleet <file>', 'fleet file of a base that is a folder (default: the one beside the folder)')
    .addOption(new Option('--format <format>', 'output format').choices(FORMATS).default('text'))
    .addOption(
      new Option('--fail-on <risk>', 'exit with code 1 if a change has this risk or a higher one').choices(RISKS),
    )
    .addHelpText('after', HELP);
  addSelectionOptions(command, 'compare').action((base: string, options: Omit<DiffOptions, 'base'>) =>
    runCommand((environment) => diff({ base, ...options }, environment)),
  );
};

const HELP = `
diff reads the output folder and does not update it, so run synth first. Risks, from low to high:
${RISKS.join(', ')}.

Examples:
  $ npx cdk8s-spire diff
  $ npx cdk8s-spire diff origin/main... --format markdown --fail-on destructive`;

const RENDER: Readonly<Record<DiffOptions['format'], (review: Review) => string>> = {
  text: (found) => renderText(found).join('\n'),
  markdown: renderMarkdown,
  json: renderJson,
};

function diff(options: DiffOptions, environment: Environment): ExitCode {
  const selection = selectionOf(options);
  const sides = readSides({ ...options, selection }, environment);
  if ('exitCode' in sides) return sides.exitCode;
  const result = review(sides.base, sides.target, selection);
  if ('problems' in result) return printProblems(result.problems, options, environment);
  environment.print(RENDER[options.format](result.review).trimEnd());
  const { failOn } = options;
  const changed = result.review.clusters.length > 0;
  return failOn !== undefined && changed && isAtLeast(result.review.risk, failOn) ? EXIT.problems : EXIT.ok;
}
