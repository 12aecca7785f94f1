/** `cdk8s-spire bundle pull`: fetches the bundle of a cluster or a partner, and saves it only if it passes all checks. */
import type { X509Certificate } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Option } from 'commander';
import { describeDiskError } from '../../disk/describe-disk-error';
import { readTextFile } from '../../disk/read-file';
import { type LoadedFleet, loadFleet } from '../../fleet/load';
import type { Fleet } from '../../fleet/schema';
import { refreshHintOf, resolveBundleEndpoint } from '../../model/federation/resolve-endpoint';
import type { ResolvedAuthority, ResolvedBundle } from '../../model/resolved-fleet';
import { spireNamespaces } from '../../model/spire/resolve-spire';
import { serverSpiffeId, wholeSpiffeId } from '../../model/spire/spiffe-id';
import { bundleFromRoots, certificatesOf, readBundle } from '../../model/trust/bundle';
import { readRoots } from '../../model/trust/root-certificates';
import { trustMaterialOf } from '../../model/trust/trust-material';
import type { FleetPath, Problem, Report } from '../../problems/problem';
import { renderProblems } from '../../problems/render';
import { fromConfigMap, fromEndpoint, fromServer, type Served } from '../bundle-sources';
import type { AddCommand } from '../command';
import { type Environment, EXIT, type ExitCode } from '../environment';
import { unknownName } from '../unknown-name';

const SOURCES = ['server', 'configmap', 'endpoint'] as const;

interface PullOptions {
  readonly fleet: string;
  readonly from: (typeof SOURCES)[number];
  readonly context?: string;
  readonly url?: string;
  readonly output?: string;
}

export const addPull: AddCommand = (bundle, runCommand) => {
  bundle
    .command('pull')
    .description('fetch a bundle and save it in the file that the fleet pins, or print it')
    .argument('<name>', 'a cluster or partner')
    .option('-f, --fleet <file>', 'fleet file', 'fleet.yaml')
    .addOption(
      new Option(
        '--from <source>',
        'source of the bundle: the SPIRE server (kubectl exec), the ConfigMap that agents read, or the bundle endpoint',
      )
        .choices(SOURCES)
        .default('server'),
    )
    .option('--context <name>', 'kubectl context (default: the name of the cluster)')
    .option(
      '--url <url>',
      'URL of the endpoint as seen from here, such as that of a port-forward (default: the URL in the fleet)',
    )
    .option('-o, --output <file>', 'file to write instead of the one that the fleet names; - prints the bundle')
    .addHelpText('after', HELP)
    .action((name: string, options: PullOptions) => runCommand((environment) => pull(name, options, environment)));
};

const HELP = `
The endpoint must present an SVID signed by a root or bundle that the fleet already pins (https_spiffe), or a
certificate of a public CA (https_web). The bundle of a partner comes only from its endpoint.`;

/** The trust domain whose bundle is fetched. */
interface Wanted {
  readonly name: string;
  readonly trustDomain: string;
  /** In seconds. */
  readonly refreshHint: number;
  /** Path of the pinned bundle, relative to the fleet file. */
  readonly pinned?: string;
  /** Path of its root in the fleet. */
  readonly root?: string;
  readonly place: FleetPath;
  readonly endpoint?: { readonly url: string; readonly spiffeId?: string };
}

async function pull(name: string, options: PullOptions, environment: Environment): Promise<ExitCode> {
  const { printError } = environment;
  const loaded = loadFleet(options.fleet, environment.cwd);
  if (loaded.fleet === undefined) {
    printError(renderProblems(loaded.problems, loaded.source));
    return EXIT.problems;
  }
  const wanted = tryFindWanted(loaded.fleet, name);
  if (wanted === undefined) {
    const names = [...Object.keys(loaded.fleet.clusters), ...Object.keys(loaded.fleet.partners ?? {})].sort();
    printError(unknownName('cluster and no partner', name, names));
    return EXIT.usage;
  }
  const served = await ask(wanted, loaded, options, environment);
  if ('failure' in served) {
    printError(`${name}: no bundle from the ${options.from}: ${served.failure}`);
    return EXIT.problems;
  }
  const problems: Problem[] = [];
  const bundle = read(wanted, options, served.text, environment.now, (problem) => problems.push(problem));
  if (bundle === undefined) {
    printError(renderProblems(problems, loaded.source));
    return EXIT.problems;
  }
  return saveBundle(bundle, wanted, loaded, options, environment);
}

function tryFindWanted(fleet: Fleet, name: string): Wanted | undefined {
  if (Object.hasOwn(fleet.clusters, name)) {
    const cluster = fleet.clusters[name];
    if (cluster === undefined) return undefined;
    // synth reports problems of the endpoint.
    const endpoint = resolveBundleEndpoint(name, cluster, () => undefined);
    return {
      name,
      trustDomain: cluster.trustDomain,
      refreshHint: refreshHintOf(cluster),
      pinned: cluster.trust?.bundle,
      root: trustMaterialOf(fleet, name)?.rootFile,
      place: ['clusters', name],
      endpoint: endpoint && {
        url: endpoint.url,
        spiffeId: endpoint.profile === 'https_web' ? undefined : serverSpiffeId(cluster.trustDomain),
      },
    };
  }
  const partner = Object.hasOwn(fleet.partners ?? {}, name) ? fleet.partners?.[name] : undefined;
  if (partner === undefined) return undefined;
  const { trustDomain, trust = {}, bundleEndpoint } = partner;
  const { url, profile, spiffeId } = bundleEndpoint;
  const id = spiffeId === undefined ? serverSpiffeId(trustDomain) : wholeSpiffeId(spiffeId, trustDomain);
  return {
    name,
    trustDomain,
    refreshHint: refreshHintOf({}),
    pinned: trust.bundle,
    root: trust.root,
    place: ['partners', name],
    endpoint: { url, spiffeId: profile === 'https_web' ? undefined : id },
  };
}

function ask(
  wanted: Wanted,
  loaded: LoadedFleet,
  { from, context = wanted.name, url }: PullOptions,
  environment: Environment,
): Served | Promise<Served> {
  const { fleet } = loaded;
  if (from === 'endpoint') {
    return wanted.endpoint === undefined
      ? { failure: 'it has no bundleEndpoint in the fleet' }
      : fromEndpoint({
          ...wanted.endpoint,
          ...(url !== undefined && { url }),
          authorities: knownAuthorities(wanted, loaded, environment.now),
        });
  }
  if (fleet === undefined || wanted.place[0] === 'partners') {
    return { failure: 'the bundle of a partner comes only from its endpoint: --from endpoint' };
  }
  const namespaces = spireNamespaces(fleet, wanted.name);
  return from === 'server'
    ? fromServer(context, namespaces.server, environment)
    : fromConfigMap(context, namespaces.agent, environment);
}

/** The certificates of a trust domain that the fleet pins. None if the file is missing or invalid. */
function knownAuthorities(
  { pinned, root, trustDomain, refreshHint, place }: Wanted,
  { readTrustFile }: LoadedFleet,
  now: Date,
): readonly X509Certificate[] {
  const file = pinned ?? root;
  const found = file === undefined ? undefined : readTrustFile(file, place);
  if (file === undefined || found === undefined || !('text' in found)) return [];
  const common = { file, text: found.text, trustDomain, refreshHint, place: { path: place } };
  if (pinned === undefined) return readRoots(common, now, () => undefined) ?? [];
  const bundle = readBundle(common, now, () => undefined);
  return bundle === undefined ? [] : certificatesOf(bundle);
}

function read(
  { trustDomain, refreshHint, place, name }: Wanted,
  { from }: PullOptions,
  text: string,
  now: Date,
  report: Report,
): ResolvedBundle | undefined {
  const common = { file: `the bundle of ${name}`, text, trustDomain, refreshHint, place: { path: place } };
  if (from !== 'configmap') return readBundle(common, now, report);
  const roots = readRoots(common, now, report);
  return roots && bundleFromRoots(roots, refreshHint);
}

/** Writes the bundle and prints what is new in it, so that a person can judge unexpected fingerprints. */
function saveBundle(
  bundle: ResolvedBundle,
  { name, pinned, place, trustDomain, refreshHint }: Wanted,
  { readTrustFile }: LoadedFleet,
  { output, fleet }: PullOptions,
  { cwd, now, print, printError }: Environment,
): ExitCode {
  const before = pinned === undefined ? undefined : readTrustFile(pinned, place);
  const held =
    pinned === undefined || before === undefined || !('text' in before)
      ? undefined
      : readBundle(
          { file: pinned, text: before.text, trustDomain, refreshHint, place: { path: place } },
          now,
          () => undefined,
        );
  printError(`${trustDomain} (${name})`);
  for (const line of changesOf(held?.authorities ?? [], bundle.authorities)) printError(line);
  const file = output === undefined ? pinned && join(dirname(fleet), pinned) : output;
  if (file === undefined || file === '-') {
    print(bundle.text.trimEnd());
    return EXIT.ok;
  }
  const path = resolve(cwd, file);
  const present = readTextFile(path, Buffer.byteLength(bundle.text));
  const unchanged = 'text' in present && present.text === bundle.text;
  const failure = unchanged ? undefined : write(path, bundle.text);
  if (failure !== undefined) {
    printError(`${file} cannot be written: ${failure}`);
    return EXIT.problems;
  }
  printError(unchanged ? `${file} is unchanged` : `wrote ${file}; run synth, and review the fingerprints`);
  return EXIT.ok;
}

/** Writes a file. Returns the reason if that fails. */
function write(path: string, text: string): string | undefined {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    return describeDiskError(error);
  }
}

function changesOf(before: readonly ResolvedAuthority[], after: readonly ResolvedAuthority[]): readonly string[] {
  const line = (mark: string, { fingerprint, notAfter }: ResolvedAuthority): string =>
    `  ${mark} ${fingerprint}  until ${notAfter.slice(0, 10)}`;
  const has = (list: readonly ResolvedAuthority[], { fingerprint }: ResolvedAuthority): boolean =>
    list.some((one) => one.fingerprint === fingerprint);
  return [
    ...after.map((one) => line(has(before, one) ? '=' : '+', one)),
    ...before.filter((one) => !has(after, one)).map((one) => line('-', one)),
  ];
}
