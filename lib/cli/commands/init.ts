/** `cdk8s-spire init`: starts a new repository that holds a fleet, from options or from what a person answers. */
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
    .description('starts a new repository for a fleet, in a folder that is empty or not there yet')
    .argument('[folder]', 'where', '.')
    .option('--name <fleet>', 'name of the fleet; the name of the folder where it is not given')
    .option(
      '--trust-domain <domain...>',
      'a trust domain for each cluster, as east.example.org or CLUSTER=TRUST_DOMAIN',
    )
    .option(
      '--kubernetes <version>',
      `Kubernetes version of the oldest node, such as ${DEFAULTS.versions.kubernetes}, which it is where it is not given`,
    )
    .addOption(
      new Option('--ci <system>', 'which CI file is written; github where it is not given').choices(CI_SYSTEMS),
    )
    .option('--package <file>', 'packed cdk8s-spire, as npm pack makes it, to be copied into the repository')
    .addHelpText('after', HELP)
    .action((folder: string, options: Omit<InitOptions, 'folder'>) =>
      runCommand((environment) => attempt({ folder, ...options }, environment)),
    );
};

const HELP = `
On a terminal it asks for what no option gives.

Example:
  $ npx cdk8s-spire init fleet --trust-domain east.example.org west.example.org --package cdk8s-spire-0.1.0.tgz`;

/** The folder may be a file, or nobody's to write in. */
async function attempt(options: InitOptions, environment: Environment): Promise<ExitCode> {
  try {
    return await init(options, environment);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    environment.complain(`${message}; nothing was written`);
    return EXIT.problems;
  }
}

async function init(options: InitOptions, environment: Environment): Promise<ExitCode> {
  const { cwd, complain } = environment;
  const folder = resolvePath(cwd, options.folder);
  const [first, ...others] = contentsOf(folder);
  if (first !== undefined) {
    const more = others.length === 0 ? '' : ` and ${others.length} more`;
    complain(`${options.folder} is not empty, it has ${first}${more}; name a folder that is not there yet`);
    return EXIT.problems;
  }
  const packed = packedPackage(options, environment);
  if ('refusal' in packed) {
    complain(packed.refusal);
    return EXIT.usage;
  }
  const repository = await answered(options, folder, environment);
  if (typeof repository === 'string') {
    complain(repository);
    return EXIT.usage;
  }
  const faults = faultsOf(repository, environment.now);
  if (faults !== undefined) {
    complain(faults);
    return EXIT.problems;
  }
  const files = repositoryFiles({ ...repository, ...packed });
  writeNew(folder, files);
  printNextSteps(folder, files.length, environment);
  return EXIT.ok;
}

/** What the new repository depends on, or why that would not be there. */
function packedPackage(
  { package: file }: InitOptions,
  { cwd }: Environment,
): { readonly packed?: string } | { readonly refusal: string } {
  if (file === undefined) {
    return isInstalled()
      ? {}
      : {
          refusal:
            'this cdk8s-spire is a checkout, whose version npm may not find in a registry; run npm pack in the checkout, ' +
            `and name the file that it makes: --package cdk8s-spire-${ownVersion()}.tgz`,
        };
  }
  const packed = resolvePath(cwd, file);
  return isGzip(packed)
    ? { packed }
    : { refusal: `${file} is no packed package; name the .tgz file that npm pack makes` };
}

/** How each file of gzip begins. */
const GZIP = Buffer.from([0x1f, 0x8b]);

function isGzip(file: string): boolean {
  const start = readStart(file, 2);
  return file.endsWith('.tgz') && 'size' in start && start.bytes.equals(GZIP);
}

/** What the repository shall be; a text that says what is missing. */
async function answered(options: InitOptions, folder: string, { ask }: Environment): Promise<NewRepository | string> {
  const asked = async (question: string): Promise<string> => (await ask?.(question))?.trim() ?? '';
  const folderName = basename(folder);
  const name = options.name ?? ((await asked(`Name of the fleet [${folderName}]:`)) || folderName);
  const domains =
    options.trustDomain ??
    (await asked('Trust domains, one for each cluster, as east.example.org west.example.org:'))
      .split(/[\s,]+/)
      .filter((domain) => domain !== '');
  if (domains.length === 0) {
    return 'name a trust domain for each cluster: --trust-domain east.example.org west.example.org';
  }
  const clusters = domains.map(clusterOf);
  const bad = clusters.map(refusalOf).find((refusal) => refusal !== undefined);
  if (bad !== undefined) return bad;
  const twice = clusters.find((one, index) => clusters.findIndex((other) => other.name === one.name) < index);
  if (twice !== undefined) {
    return `two clusters would be named "${twice.name}"; name them: --trust-domain CLUSTER=TRUST_DOMAIN`;
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
    : `no CI file is known for "${ci}"; there are: ${CI_SYSTEMS.join(', ')}`;
}

function isCiSystem(text: string): text is CiSystem {
  return (CI_SYSTEMS as readonly string[]).includes(text);
}

/** Why a cluster cannot be named so, or its trust domain; undefined where both can. */
function refusalOf({ name, trustDomain }: NewCluster): string | undefined {
  const wrong = formats.trustDomain.check(trustDomain);
  if (wrong !== undefined) {
    return `${JSON.stringify(trustDomain)} is not a trust domain: ${wrong}; write it like ${formats.trustDomain.example}`;
  }
  const unfit = formats.shortName.check(name);
  return unfit === undefined
    ? undefined
    : `${JSON.stringify(name)} is not the name of a cluster: ${unfit}; name it: --trust-domain ${pathWord(`cluster1=${trustDomain}`)}`;
}

/** `east.example.org` is the trust domain of a cluster named east. */
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
    // A comment, so that the lines can be pasted as they stand.
    '# put your addresses into fleet.yaml',
    'npx cdk8s-spire root',
    'npm run synth',
    'npm run check',
    'git add --all',
    'git commit -m "Describe the fleet"',
  ];
  print(`made ${count} files in ${shown === '' ? 'this folder' : shown}; next:`);
  for (const step of steps) print(`  ${step}`);
  print('dist/README.md then says what to provide and in which order to apply');
}
