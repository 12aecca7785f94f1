/** `cdk8s-spire init`: creates a new repository for a fleet, from options or from answers typed at a terminal. */
import { existsSync } from 'node:fs';
import { basename, join, relative, resolve as resolvePath } from 'node:path';
import { Option } from 'commander';
import { readStart } from '../../disk/read-file';
import { DEFAULTS } from '../../fleet/defaults';
import * as formats from '../../formats/formats';
import { pathWord } from '../../problems/shell';
import type { AddCommand } from '../command';
import { type Environment, EXIT, type ExitCode } from '../environment';
import { faultsOf } from '../new-repository/fleet-faults';
import type { NewCluster } from '../new-repository/fleet-file';
import { CI_SYSTEMS, type CiSystem, type NewRepository, repositoryFiles } from '../new-repository/repository-files';
import { contentsOf, writeNew } from '../new-repository/write-new';
import { isInstalled, ownVersion } from '../own-package';

interface InitOptions {
  /** Relative to the environment's folder. */
  readonly folder: string;
  readonly name?: string;
  /** Each `TRUST_DOMAIN` or `CLUSTER=TRUST_DOMAIN`. */
  readonly trustDomain?: readonly string[];
  /** Minor version of the oldest kubelet. */
  readonly kubernetes?: string;
  readonly ci?: CiSystem;
  /** Path of a packed package, relative to the environment's folder. */
  readonly package?: string;
}

export const addInit: AddCommand = (program, runCommand) => {
  program
    .command('init')
    .description('create a repository for a new fleet in an empty folder or a new one')
    .argument('[folder]', 'folder of the repository', '.')
    .option('--name <fleet>', 'name of the fleet (default: the name of the folder)')
    .option(
      '--trust-domain <domain...>',
      'trust domain of each cluster, such as east.example.org or CLUSTER=TRUST_DOMAIN',
    )
    .option(
      '--kubernetes <version>',
      `Kubernetes version of the oldest node, such as 1.35 (default: ${DEFAULTS.versions.kubernetes})`,
    )
    .addOption(
      new Option('--ci <system>', 'CI system to write a pipeline file for (default: github)').choices(CI_SYSTEMS),
    )
    .option('--package <file>', 'cdk8s-spire package to copy into the repository, a .tgz file made by npm pack')
    .addHelpText('after', HELP)
    .action((folder: string, options: Omit<InitOptions, 'folder'>) =>
      runCommand((environment) => runInit({ folder, ...options }, environment)),
    );
};

const HELP = `
On a terminal, init asks for the values that no option gives.

Example:
  $ npx cdk8s-spire init fleet --trust-domain east.example.org west.example.org --package cdk8s-spire-0.1.0.tgz`;

/** Prints a message if writing fails, for example because the folder is a file or is read-only. */
async function runInit(options: InitOptions, environment: Environment): Promise<ExitCode> {
  try {
    return await init(options, environment);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    environment.printError(`${message}; nothing was written`);
    return EXIT.problems;
  }
}

async function init(options: InitOptions, environment: Environment): Promise<ExitCode> {
  const { cwd, printError } = environment;
  const folder = resolvePath(cwd, options.folder);
  const [first, ...others] = contentsOf(folder);
  if (first !== undefined) {
    const more = others.length === 0 ? '' : ` and ${others.length} more`;
    printError(`${options.folder} is not empty, it contains ${first}${more}; choose an empty folder or a new one`);
    return EXIT.problems;
  }
  const packed = packedPackage(options, environment);
  if ('refusal' in packed) {
    printError(packed.refusal);
    return EXIT.usage;
  }
  const repository = await askForRepository(options, folder, environment);
  if (typeof repository === 'string') {
    printError(repository);
    return EXIT.usage;
  }
  const faults = faultsOf(repository, environment.now);
  if (faults !== undefined) {
    printError(faults);
    return EXIT.problems;
  }
  const files = repositoryFiles({ ...repository, ...packed });
  writeNew(folder, files);
  printNextSteps(folder, files.length, environment);
  return EXIT.ok;
}

/** The package file to copy, or the reason why npm could not install this version of cdk8s-spire. */
function packedPackage(
  { package: file }: InitOptions,
  { cwd }: Environment,
): { readonly packed?: string } | { readonly refusal: string } {
  if (file === undefined) {
    return isInstalled()
      ? {}
      : {
          refusal:
            'this cdk8s-spire runs from a checkout, and npm may not find its version in a registry; run npm pack in the ' +
            `checkout and pass the file that it writes: --package cdk8s-spire-${ownVersion()}.tgz`,
        };
  }
  const packed = resolvePath(cwd, file);
  return isGzip(packed)
    ? { packed }
    : { refusal: `${file} is not an npm package; pass the .tgz file that npm pack writes` };
}

/** The first bytes of a gzip file. */
const GZIP = Buffer.from([0x1f, 0x8b]);

function isGzip(file: string): boolean {
  const start = readStart(file, 2);
  return file.endsWith('.tgz') && 'size' in start && start.bytes.equals(GZIP);
}

/** The description of the repository, or a message about a missing or invalid value. */
async function askForRepository(
  options: InitOptions,
  folder: string,
  { ask }: Environment,
): Promise<NewRepository | string> {
  const asked = async (question: string): Promise<string> => (await ask?.(question))?.trim() ?? '';
  const folderName = basename(folder);
  const name = options.name ?? ((await asked(`Name of the fleet [${folderName}]:`)) || folderName);
  const domains =
    options.trustDomain ??
    (await asked('Trust domains, one for each cluster, such as east.example.org west.example.org:'))
      .split(/[\s,]+/)
      .filter((domain) => domain !== '');
  if (domains.length === 0) {
    return 'give a trust domain for each cluster: --trust-domain east.example.org west.example.org';
  }
  const clusters = domains.map(clusterOf);
  const bad = clusters.map(refusalOf).find((refusal) => refusal !== undefined);
  if (bad !== undefined) return bad;
  const twice = clusters.find((one, index) => clusters.findIndex((other) => other.name === one.name) < index);
  if (twice !== undefined) {
    return `two clusters would be named "${twice.name}"; give each a name: --trust-domain CLUSTER=TRUST_DOMAIN`;
  }
  const usual = DEFAULTS.versions.kubernetes;
  const kubernetes =
    options.kubernetes ?? ((await asked(`Kubernetes version of the oldest node [${usual}]:`)) || usual);
  const misspelt = formats.kubernetesMinor.check(kubernetes);
  if (misspelt !== undefined)
    return `${JSON.stringify(kubernetes)} is not ${formats.kubernetesMinor.what}: ${misspelt}`;
  const ci = options.ci ?? ((await asked(`CI, ${CI_SYSTEMS.join(', ')} [github]:`)) || 'github');
  return isCiSystem(ci)
    ? { name, clusters, kubernetes, ci }
    : `"${ci}" is not a supported CI system; choose one of: ${CI_SYSTEMS.join(', ')}`;
}

function isCiSystem(text: string): text is CiSystem {
  return (CI_SYSTEMS as readonly string[]).includes(text);
}

/** The message about an invalid name of a cluster or trust domain; undefined if both are valid. */
function refusalOf({ name, trustDomain }: NewCluster): string | undefined {
  const wrong = formats.trustDomain.check(trustDomain);
  if (wrong !== undefined) {
    return `${JSON.stringify(trustDomain)} is not a trust domain: ${wrong}; an example is ${formats.trustDomain.example}`;
  }
  const unfit = formats.shortName.check(name);
  return unfit === undefined
    ? undefined
    : `${JSON.stringify(name)} is not a valid name of a cluster: ${unfit}; give it a name: --trust-domain ${pathWord(`cluster1=${trustDomain}`)}`;
}

/** A cluster without a given name is named after the first label of its trust domain: `east` for `east.example.org`. */
function clusterOf(given: string): NewCluster {
  const at = given.indexOf('=');
  return at < 0
    ? { name: given.split('.')[0] ?? given, trustDomain: given }
    : { name: given.slice(0, at), trustDomain: given.slice(at + 1) };
}

function printNextSteps(folder: string, count: number, { cwd, print }: Environment): void {
  const shown = relative(cwd, folder);
  const steps = [
    ...(shown === '' ? [] : [`cd ${pathWord(shown)}`]),
    ...(existsSync(join(folder, '.git')) ? [] : ['git init -b main']),
    'npm install --ignore-scripts',
    // This is a shell comment, so that all lines can be pasted into a terminal.
    '# set the addresses in fleet.yaml',
    'npx cdk8s-spire root',
    'npm run synth',
    'npm run check',
    'git add --all',
    'git commit -m "Describe the fleet"',
  ];
  print(`wrote ${count} files to ${shown === '' ? 'this folder' : shown}; next steps:`);
  for (const step of steps) print(`  ${step}`);
  print('dist/README.md then lists the Secrets to create and the order in which to apply the manifests');
}
