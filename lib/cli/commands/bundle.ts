/** `cdk8s-spire bundle`: fetches, shows and checks trust bundles. */
import { resolve as resolvePath } from 'node:path';
import { failureReason, readTextFile } from '../../disk/read-file';
import { loadFleet } from '../../fleet/load';
import { SourceMap } from '../../fleet/source-map';
import { resolve } from '../../model/resolve';
import type { ResolvedAuthority, ResolvedBundle, ResolvedFleet } from '../../model/resolved-fleet';
import { bundleFromRoots, readBundle } from '../../model/trust/bundle';
import { readRoots } from '../../model/trust/root-certificates';
import { DEFAULT_FLEET } from '../../problems/commands';
import type { Problem, Report } from '../../problems/problem';
import { renderProblems } from '../../problems/render';
import type { AddCommand } from '../command';
import { type Environment, EXIT, type ExitCode } from '../environment';
import { type Input, MAX_INPUT_BYTES } from '../read-input';
import { unknownName } from '../unknown-name';
import { addPull } from './bundle-pull';

export const addBundle: AddCommand = (program, runCommand) => {
  const bundle = program.command('bundle').description('fetch, show and check trust bundles');
  addPull(bundle, runCommand);
  bundle
    .command('show')
    .description('show the root certificates that peers trust for each cluster and partner, and when they expire')
    .argument('[name...]', 'clusters and partners to show (default: all)')
    .option('-f, --fleet <file>', 'fleet file', 'fleet.yaml')
    .option('--json', 'print JSON', false)
    .action((names: string[], options: Omit<ShowOptions, 'names'>) =>
      runCommand((environment) => showBundles({ names, ...options }, environment)),
    );
  bundle
    .command('check')
    .description('check a bundle file as synth does: a SPIFFE bundle in JSON, or root certificates in PEM')
    .argument('<file>', 'bundle file; - reads standard input')
    .requiredOption('-t, --trust-domain <name>', 'trust domain of the bundle')
    .action((file: string, { trustDomain }: { readonly trustDomain: string }) =>
      runCommand((environment) => checkFile(file, trustDomain, environment)),
    );
};

interface ShowOptions {
  /** Empty means all. */
  readonly names: readonly string[];
  readonly fleet: string;
  readonly json: boolean;
}

/** The roots that peers trust for a trust domain. */
interface Shown {
  readonly name: string;
  readonly trustDomain: string;
  readonly authorities: readonly ResolvedAuthority[];
  /** The clusters that trust it. */
  readonly heldBy: readonly string[];
}

function showBundles(
  { names, fleet: file, json }: ShowOptions,
  { cwd, now, print, printError }: Environment,
): ExitCode {
  const { fleet: written, problems: loadProblems, source, readTrustFile } = loadFleet(file, cwd);
  const { fleet, problems } =
    written === undefined ? { problems: loadProblems } : resolve(written, { readTrustFile, now });
  if (fleet === undefined) {
    printError(renderProblems(problems, source));
    return EXIT.problems;
  }
  const all = shownBundles(fleet);
  const known = all.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    printError(unknownName('cluster and no partner', unknown, known));
    return EXIT.usage;
  }
  const shown = all.filter(({ name }) => names.length === 0 || names.includes(name));
  print(json ? JSON.stringify(shown, undefined, 2) : shown.map((one) => linesOf(one, now).join('\n')).join('\n\n'));
  return EXIT.ok;
}

function shownBundles({ clusters, partners }: ResolvedFleet): readonly Shown[] {
  const holders = (name: string): readonly string[] =>
    clusters.filter(({ peers }) => peers.some(({ cluster }) => cluster === name)).map((cluster) => cluster.name);
  const heldBundle = (name: string): ResolvedBundle | undefined =>
    clusters.flatMap(({ peers }) => peers).find(({ cluster }) => cluster === name)?.bundle;
  return [
    ...clusters.map(({ name, trustDomain, trust }) => ({
      name,
      trustDomain,
      authorities: trust.bundle?.authorities ?? [],
      heldBy: holders(name),
    })),
    ...partners.map(({ name, trustDomain }) => ({
      name,
      trustDomain,
      authorities: heldBundle(name)?.authorities ?? [],
      heldBy: holders(name),
    })),
  ];
}

function linesOf({ name, trustDomain, authorities, heldBy }: Shown, now: Date): readonly string[] {
  return [
    `${trustDomain} (${name})${heldBy.length === 0 ? '' : `, trusted by ${heldBy.join(', ')}`}`,
    ...(authorities.length === 0
      ? ['  its bundle becomes known when its endpoint is first polled']
      : authorities.map((one) => authorityLine(one, now))),
  ];
}

function authorityLine({ fingerprint, notAfter }: ResolvedAuthority, now: Date): string {
  const days = Math.floor((new Date(notAfter).getTime() - now.getTime()) / 86_400_000);
  return `  ${fingerprint}  until ${notAfter.slice(0, 10)}, ${days} days`;
}

async function checkFile(file: string, trustDomain: string, environment: Environment): Promise<ExitCode> {
  const { now, print, printError } = environment;
  const read = await readInputFile(file, environment);
  if ('failure' in read) {
    printError(read.failure);
    return EXIT.usage;
  }
  const { text } = read;
  const name = file === '-' ? 'standard input' : file;
  const problems: Problem[] = [];
  const bundle = parseRootsOrBundle(name, text, trustDomain, now, (problem) => problems.push(problem));
  if (bundle === undefined) {
    printError(renderProblems(problems, new SourceMap(DEFAULT_FLEET, '')));
    return EXIT.problems;
  }
  print(
    [`${name} is a bundle of ${trustDomain}:`, ...bundle.authorities.map((one) => authorityLine(one, now))].join('\n'),
  );
  return EXIT.ok;
}

/** The text of a file or the standard input, or why it cannot be read. */
async function readInputFile(file: string, { cwd, input }: Environment): Promise<Input> {
  if (file === '-') return input();
  const read = readTextFile(resolvePath(cwd, file), MAX_INPUT_BYTES);
  if ('text' in read) return read;
  const { failure } = read;
  if (failure === 'missing') return { failure: `there is no file ${file}` };
  return { failure: `${file} cannot be read: ${failureReason(read)}` };
}

/** A PEM file holds roots; anything else has to be a bundle. */
function parseRootsOrBundle(
  file: string,
  text: string,
  trustDomain: string,
  now: Date,
  report: Report,
): ResolvedBundle | undefined {
  // The bundle is only checked, never written, so the refresh hint does not matter.
  const common = { file, text, trustDomain, place: { file }, refreshHint: 0 };
  if (!text.includes('-----BEGIN')) {
    return readBundle(common, now, report);
  }
  const roots = readRoots(common, now, report);
  return roots && bundleFromRoots(roots, 0);
}
