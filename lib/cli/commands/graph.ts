/** `cdk8s-spire graph`: draws the trust domains, federations, workloads and calls of a fleet. */
import { statSync } from 'node:fs';
import { basename, join, resolve as resolvePath } from 'node:path';
import { Option } from 'commander';
import type { Diagram } from '../../diagram/diagram';
import { buildFleetDiagram } from '../../diagram/fleet-diagram';
import { foldDiagram } from '../../diagram/fold-diagram';
import { markChanges } from '../../diagram/mark-changes';
import { neighbourhood } from '../../diagram/neighbourhood';
import { renderDot } from '../../diagram/render-dot';
import { renderMermaid } from '../../diagram/render-mermaid';
import { renderSvg } from '../../diagram/render-svg';
import { loadFleet } from '../../fleet/load';
import { resolve } from '../../model/resolve';
import { replaceControlCharacters } from '../../problems/control-characters';
import { renderProblems } from '../../problems/render';
import type { AddCommand } from '../command';
import { type Environment, EXIT, type ExitCode } from '../environment';
import { fleetInGit } from '../fleet-sources';
import { didYouMean, findRevision } from '../git';
import { unknownName } from '../unknown-name';

const RENDERERS = { mermaid: renderMermaid, dot: renderDot, svg: renderSvg } as const satisfies Record<
  string,
  (diagram: Diagram) => string | Promise<string>
>;

interface GraphOptions {
  /** Path of the fleet file, relative to the environment's folder. */
  readonly fleet: string;
  readonly format: keyof typeof RENDERERS;
  /** Names of clusters and partners; empty means all. */
  readonly cluster: readonly string[];
  /** A fleet file, a folder with one, or a Git revision. Differences from it are marked. */
  readonly against?: string;
  /** Whether to draw every workload and cluster, without folding. */
  readonly all: boolean;
}

export const addGraph: AddCommand = (program, runCommand) => {
  program
    .command('graph')
    .description('draw the trust domains of a fleet with their federations, workloads and calls')
    .option('-f, --fleet <file>', 'fleet file', 'fleet.yaml')
    .addOption(new Option('--format <format>', 'output format').choices(Object.keys(RENDERERS)).default('mermaid'))
    .option('--cluster <name...>', 'draw only these clusters or partners and those linked with them', [])
    .option(
      '--against <base>',
      'mark differences from another fleet: a commit, branch or tag (main... is the merge base with main), a folder or a file',
    )
    .option('--all', 'do not simplify a large diagram', false)
    .addHelpText('after', HELP)
    .action((options: GraphOptions) => runCommand((environment) => graph(options, environment)));
};

const HELP = `
The diagram of a large fleet is simplified: it shows the number of workloads in place of their names, and one box for
clusters that are alike. A note in the diagram says so.

Examples:
  $ npx cdk8s-spire graph --format svg > fleet.svg
  $ npx cdk8s-spire graph --against origin/main...`;

async function graph(options: GraphOptions, environment: Environment): Promise<ExitCode> {
  const before =
    options.against === undefined ? undefined : loadBaseDiagram(options.against, options.fleet, environment);
  if (typeof before === 'number') return before;
  const after = diagramOf(options.fleet, environment);
  if (after === undefined) return EXIT.problems;
  const marked = before === undefined ? after : markChanges(before, after);
  const names = marked.groups.map(({ name }) => name);
  const unknown = options.cluster.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    environment.printError(unknownName('cluster or partner', unknown, names));
    return EXIT.usage;
  }
  const cut = options.cluster.length === 0 ? marked : neighbourhood(marked, options.cluster);
  const text = await RENDERERS[options.format](options.all ? cut : foldDiagram(cut));
  environment.print(text.trimEnd());
  return EXIT.ok;
}

/**
 * The diagram to compare with. An existing folder stands for the fleet file in it that has the same name as `fleet`. A base
 * that is neither a file nor a folder is a Git revision, as in diff. Returns an exit code after a problem has been printed.
 */
function loadBaseDiagram(base: string, fleet: string, environment: Environment): Diagram | ExitCode {
  const { cwd, printError } = environment;
  const there = base === '' ? undefined : statSync(resolvePath(cwd, base), { throwIfNoEntry: false });
  if (there !== undefined) {
    return diagramOf(there.isDirectory() ? join(base, basename(fleet)) : base, environment) ?? EXIT.problems;
  }
  const revision = findRevision(base, environment);
  if (!('commit' in revision)) {
    const sentence = `"${replaceControlCharacters(base)}" is not a file, a folder, or a commit, branch or tag of this repository`;
    printError(
      'failure' in revision
        ? `there is no file ${replaceControlCharacters(base)}, and ${revision.failure}`
        : `${sentence}${didYouMean(revision)}`,
    );
    return EXIT.usage;
  }
  const read = fleetInGit(revision, { base, fleet }, environment);
  if ('unknown' in read) {
    printError(read.unknown);
    return EXIT.problems;
  }
  return buildFleetDiagram(read);
}

/** Undefined after the problems of the fleet have been printed. Warnings do not change a diagram, so only `check` prints them. */
function diagramOf(file: string, { cwd, now, printError }: Environment): Diagram | undefined {
  const { fleet: written, problems, source, readTrustFile } = loadFleet(file, cwd);
  const resolution = written === undefined ? { problems } : resolve(written, { readTrustFile, now });
  if (!('fleet' in resolution) || resolution.fleet === undefined) {
    printError(renderProblems(resolution.problems, source));
    return undefined;
  }
  return buildFleetDiagram(resolution.fleet);
}
