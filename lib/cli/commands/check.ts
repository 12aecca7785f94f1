/** `cdk8s-spire check`: everything that synthesis checks, and whether the output folder is what the fleet yields; writes nothing. */
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
    .description('says what is wrong with a fleet, and where the output folder is not what the fleet yields')
    .option('-f, --fleet <file>', 'fleet file', DEFAULT_FLEET)
    .option('-o, --output <folder>', 'folder that holds the output', DEFAULT_OUTPUT)
    .addOption(new Option('--format <format>', 'how problems are printed').choices(FORMATS).default('text'))
    .option('--strict', 'fail on warnings as well', false)
    .option(
      '--since <revision>',
      'hold the change against what was written at this Git revision, such as origin/main; main... is where the branch left main',
    )
    .addHelpText('after', HELP);
  addSelectionOptions(command, 'checks').action((options: CheckOptions) =>
    runCommand((environment) => check(options, environment)),
  );
};

const HELP = `
Writes nothing. Ends with 1 where there is a problem.

Formats: json is for programs; github prints annotations of the lines at fault in GitHub Actions; sarif is
SARIF 2.1.0 for code scanning. They go to standard output, with paths from the top of the Git repository.`;

async function check(options: CheckOptions, environment: Environment): Promise<ExitCode> {
  const { fleet: fleetFile, output: outputFolder, format, strict } = options;
  const { cwd, now } = environment;
  const selection = selectionOf(options);
  const place = { folder: resolve(cwd, outputFolder), fleetFile, outputFolder, selection };
  const wrong = checkOutputFolder(place, environment);
  // An output folder of another fleet cannot be compared with this fleet.
  const before = wrong === undefined ? previousFleet(options, environment) : { problems: [wrong] };
  if ('refusal' in before) {
    environment.complain(before.refusal);
    return EXIT.usage;
  }
  const world = { now, folder: cwd, previous: before.previous };
  const { fleet, problems: ofFleet, source } = prepare(fleetFile, world);
  const unknown = fleet && unknownCluster(selection, fleet);
  if (unknown !== undefined) {
    environment.complain(unknown);
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

/** Whether two problems concern the same file. An unreadable file also differs from the output, which need not be reported again. */
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
    return { refusal: `Git knows no revision "${revision.unknown}" here${didYouMean(revision)}` };
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
  environment.complain(`note: ${since} has no ${file}, so that the change is held against nothing`);
  return { problems: [] };
}

function wordsOf({ objects, files }: Yielded): string {
  return `${objects} objects in ${pluralize(files, 'file')}`;
}

function printText(
  problems: readonly Problem[],
  { source, right }: { readonly source: Source; readonly right: string | undefined },
  { complain }: Environment,
): void {
  if (problems.length > 0) {
    complain(renderProblems(problems, source));
  }
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  const found = [
    ...(errors > 0 ? [pluralize(errors, 'problem')] : []),
    ...(warnings > 0 ? [pluralize(warnings, 'warning')] : []),
  ];
  const outcome = found.length === 0 ? 'all as the fleet yields it' : found.join(', ');
  complain(right === undefined ? outcome : `${right}: ${outcome}`);
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
