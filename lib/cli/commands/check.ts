/** `cdk8s-spire check`: runs all checks of a synthesis, and checks that the output folder is up to date. Writes nothing. */
import { join, relative, resolve } from 'node:path';
import { Option } from 'commander';
import { LOCK_FILE } from '../../output/fleet-lock';
import { prepare } from '../../output/prepare';
import { DEFAULT_FLEET, DEFAULT_OUTPUT, synthCommand } from '../../problems/commands';
import type { Problem } from '../../problems/problem';
import {
  type DescribedProblem,
  describeProblem,
  renderProblems,
  type Source,
  sortProblems,
} from '../../problems/render';
import { REPORT_FORMATS, type ReportFormat } from '../../report/formats';
import { checkOutput, type Yielded } from '../check-output';
import { checkOutputFolder } from '../check-output-folder';
import type { AddCommand } from '../command';
import { type Environment, EXIT, type ExitCode } from '../environment';
import { didYouMean, findPrefix, findRevision, pathFromHere, readFiles } from '../git';
import { tryFindLink } from '../git-links';
import { ownVersion } from '../own-package';
import { pluralize } from '../pluralize';
import { type Previous, previousOf, readPrevious } from '../previous-lock';
import { reportFaults } from '../publish';
import {
  addSelectionOptions,
  pluralizeClusters,
  type SelectionOptions,
  selectionOf,
  unknownCluster,
} from '../selection-options';

const FORMATS = ['text', ...Object.keys(REPORT_FORMATS)];

interface CheckOptions extends SelectionOptions {
  /** Path of the fleet file, relative to the environment's folder. */
  readonly fleet: string;
  /** Path of the output folder, likewise. */
  readonly output: string;
  readonly format: 'text' | ReportFormat;
  /** Whether warnings fail as well. */
  readonly strict: boolean;
  /** Git revision whose output the change is compared with. @default - the current output folder */
  readonly since?: string;
}

export const addCheck: AddCommand = (program, runCommand) => {
  const command = program
    .command('check')
    .description('check a fleet, and whether its output folder is up to date')
    .option('-f, --fleet <file>', 'fleet file', DEFAULT_FLEET)
    .option('-o, --output <folder>', 'output folder', DEFAULT_OUTPUT)
    .addOption(new Option('--format <format>', 'output format of problems').choices(FORMATS).default('text'))
    .option('--strict', 'also fail on warnings', false)
    .option(
      '--since <revision>',
      'compare with the output at this Git revision, such as origin/main; main... is the merge base with main',
    )
    .addHelpText('after', HELP);
  addSelectionOptions(command, 'check').action((options: CheckOptions) =>
    runCommand((environment) => check(options, environment)),
  );
};

const HELP = `
check writes no files. Its exit code is 1 if there is a problem.

Formats: text for people, on standard error; json for programs; github for annotations in GitHub Actions; sarif for
code scanning (SARIF 2.1.0). All but text go to standard output, with paths relative to the root of the Git repository.`;

async function check(options: CheckOptions, environment: Environment): Promise<ExitCode> {
  const { fleet: fleetFile, output: outputFolder, format, strict } = options;
  const { cwd, now } = environment;
  const selection = selectionOf(options);
  const place = { folder: resolve(cwd, outputFolder), fleetFile, outputFolder, selection };
  const wrong = checkOutputFolder(place, environment);
  // An output folder of another fleet cannot be compared with this fleet.
  const before = wrong === undefined ? previousFleet(options, environment) : { problems: [wrong] };
  if ('refusal' in before) {
    environment.printError(before.refusal);
    return EXIT.usage;
  }
  const world = { now, folder: cwd, previous: before.previous };
  const { fleet, problems: ofFleet, source } = prepare(fleetFile, world);
  const unknown = fleet && unknownCluster(selection, fleet);
  if (unknown !== undefined) {
    environment.printError(unknown);
    return EXIT.usage;
  }
  // A fleet with errors has no output to compare with the folder.
  const checked =
    wrong === undefined && fleet
      ? await checkOutput({ fleet, ...place, command: synthCommand(options) }, environment)
      : undefined;
  if (checked !== undefined && checked.faults.length > 0) {
    return reportFaults(checked.faults, outputFolder, environment);
  }
  const ofOutput = (checked?.problems ?? []).filter(
    (one) => options.since !== undefined || !before.problems.some((other) => isOfOneFile(one, other)),
  );
  const problems = [...before.problems, ...ofFleet, ...ofOutput];
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (format === 'text') {
    const right = fleet && checked?.yielded && `${pluralizeClusters(fleet, selection)}, ${wordsOf(checked.yielded)}`;
    printText(problems, { source, right }, environment);
  } else {
    printForMachines(problems, source, format, environment);
  }
  return errors > 0 || (strict && problems.length > 0) ? EXIT.problems : EXIT.ok;
}

/** Whether two problems concern the same file. An unreadable file also differs from the output, but is reported only once. */
function isOfOneFile({ place: one }: Problem, { place: other }: Problem): boolean {
  return 'file' in one && 'file' in other && one.file === other.file;
}

/** The earlier decisions to compare the fleet with. A synthesis on a branch has overwritten the lock of its base. */
function previousFleet(
  { output, since }: CheckOptions,
  environment: Environment,
): Previous | { readonly refusal: string } {
  if (since === undefined) {
    return readPrevious(output, environment);
  }
  const revision = findRevision(since, environment);
  if ('unknown' in revision) {
    return { refusal: `this repository has no revision "${revision.unknown}"${didYouMean(revision)}` };
  }
  if ('failure' in revision) return { refusal: revision.failure };
  const file = join(output, LOCK_FILE);
  const path = pathFromHere(file, environment);
  const read = readFiles(revision, [path], environment);
  if ('failure' in read) return { refusal: read.failure };
  const lock = read.found.get(path);
  if (lock !== undefined) return previousOf(lock, file);
  const detour = tryFindLink(revision, pathFromHere(output, environment), environment);
  if (detour !== undefined) return { refusal: `${since}: ${detour.failure}` };
  environment.printError(`note: ${since} has no ${file}, so no earlier decisions are compared`);
  return { problems: [] };
}

function wordsOf({ objects, files }: Yielded): string {
  return `${objects} objects in ${pluralize(files, 'file')}`;
}

function printText(
  problems: readonly Problem[],
  { source, right }: { readonly source: Source; readonly right: string | undefined },
  { printError }: Environment,
): void {
  if (problems.length > 0) {
    printError(renderProblems(problems, source));
  }
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  const found = [
    ...(errors > 0 ? [pluralize(errors, 'problem')] : []),
    ...(warnings > 0 ? [pluralize(warnings, 'warning')] : []),
  ];
  const outcome = found.length === 0 ? 'up to date' : found.join(', ');
  printError(right === undefined ? outcome : `${right}: ${outcome}`);
}

function printForMachines(
  problems: readonly Problem[],
  source: Source,
  format: ReportFormat,
  environment: Environment,
): void {
  const { cwd, print } = environment;
  const here = findPrefix(environment);
  const prefix = 'failure' in here ? '' : here.prefix;
  const described = sortProblems(problems, source).map((one): DescribedProblem => {
    const all = describeProblem(one, source);
    return { ...all, file: join(prefix, relative(cwd, resolve(cwd, all.file))) };
  });
  const report = REPORT_FORMATS[format](described, { version: ownVersion() });
  if (report !== '') print(report);
}
