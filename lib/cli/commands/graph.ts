/** `cdk8s-spire graph`: draws trust domains, federations, workloads and calls of a fleet. */
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
  /** A fleet file, a folder with one, or what Git takes as a commit: what differs from it is marked. */
  readonly against?: string;
  /** Whether nothing is folded, however much there is. */
  readonly all: boolean;
}

export const addGraph: AddCommand = (program, runCommand) => {
  program
    .command('graph')
    .description('draws the trust domains of a fleet, their federations, workloads and calls')
    .option('-f, --fleet <file>', 'fleet file', 'fleet.yaml')
    .addOption(new Option('--format <format>', 'what is printed').choices(Object.keys(RENDERERS)).default('mermaid'))
    .option('--cluster <name...>', 'draw only these clusters or partners, and what is linked with them', [])
    .option(
      '--against <base>',
      'mark what differs from the fleet at this commit, branch or tag (main... for where this branch left main), in this folder or in this file',
    )
    .option('--all', 'leave nothing out, however large the diagram becomes', false)
    .addHelpText('after', HELP)
    .action((options: GraphOptions) => runCommand((environment) => graph(options, environment)));
};

const HELP = `
A large fleet is folded: workloads become counts, clusters that are alike become one box. The diagram says so.

Examples:
  $ npx cdk8s-spire graph --format svg > fleet.svg
  $ npx cdk8s-spire graph --against origin/main...`;

async function graph(options: GraphOptions, environment: Environment): Promise<ExitCode> {
  const before = options.against === undefined ? undefined : against(options.against, options.fleet, environment);
  if (typeof before === 'number') return before;
  const after = diagramOf(options.fleet, environment);
  if (after === undefined) return EXIT.problems;
  const marked = before === undefined ? after : markChanges(before, after);
  const names = marked.groups.map(({ name }) => name);
  const unknown = options.cluster.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    environment.complain(unknownName('cluster or partner', unknown, names));
    return EXIT.usage;
  }
  const cut = options.cluster.length === 0 ? marked : neighbourhood(marked, options.cluster);
  const text = await RENDERERS[options.format](options.all ? cut : foldDiagram(cut));
  environment.print(text.trimEnd());
  return EXIT.ok;
}

/**
 * What is there as a file or a folder, a folder standing for the fleet file in it, of the same name as the one that is held
 * against it; anything else is a revision, as in diff. The code to end with after saying why there is no diagram.
 */
function against(base: string, fleet: string, environment: Environment): Diagram | ExitCode {
  const { cwd, complain } = environment;
  const there = base === '' ? undefined : statSync(resolvePath(cwd, base), { throwIfNoEntry: false });
  if (there !== undefined) {
    return diagramOf(there.isDirectory() ? join(base, basename(fleet)) : base, environment) ?? EXIT.problems;
  }
  const revision = findRevision(base, environment);
  if (!('commit' in revision)) {
    const sentence = `"${replaceControlCharacters(base)}" is neither a file, a folder, nor a commit, branch or tag of this repository`;
    complain(
      'failure' in revision
        ? `there is no file ${replaceControlCharacters(base)}, and ${revision.failure}`
        : `${sentence}${didYouMean(revision)}`,
    );
    return EXIT.usage;
  }
  const read = fleetInGit(revision, { base, fleet }, environment);
  if ('unknown' in read) {
    complain(read.unknown);
    return EXIT.problems;
  }
  return buildFleetDiagram(read);
}

/** Undefined after saying what is wrong with the fleet; warnings do not change a diagram and are left to `check`. */
function diagramOf(file: string, { cwd, now, complain }: Environment): Diagram | undefined {
  const { fleet: written, problems, source, readTrustFile } = loadFleet(file, cwd);
  const resolution = written === undefined ? { problems } : resolve(written, { readTrustFile, now });
  if (!('fleet' in resolution) || resolution.fleet === undefined) {
    complain(renderProblems(resolution.problems, source));
    return undefined;
  }
  return buildFleetDiagram(resolution.fleet);
}
