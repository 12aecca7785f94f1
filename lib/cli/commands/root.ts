/** `cdk8s-spire root`: creates the missing files of the trial PKI of each trust domain, and prints how to load them into the cluster. */
import { X509Certificate } from 'node:crypto';
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { loadFleet } from '../../fleet/load';
import type { Fleet } from '../../fleet/schema';
import { createTlsSecretCommand } from '../../kubectl/create-tls-secret';
import { type TrustMaterial, trustMaterialOf } from '../../model/trust/trust-material';
import { DEFAULT_FLEET, ownCommand } from '../../problems/commands';
import { renderProblems } from '../../problems/render';
import { makeIntermediate, makeRoot, type SignedKey } from '../../trial-pki/trial-pki';
import type { AddCommand } from '../command';
import { type Environment, EXIT, type ExitCode } from '../environment';
import {
  certificateOfKey,
  expiryDay,
  isStillUsable,
  makePrivateFolder,
  PRIVATE_FOLDER,
  readPem,
  signedKeyOf,
  writeKey,
} from '../private-files';
import { unknownName } from '../unknown-name';
import { makeNestedFiles } from './root-nested';

export interface RootOptions {
  /** Names of clusters; empty means all. */
  readonly clusters: readonly string[];
  /** Path of the fleet file, relative to the environment's folder. */
  readonly fleet: string;
  readonly years: number;
  readonly days: number;
  /** Replaces the root at once. Peers that trust only the previous root do not trust the new one. */
  readonly replace: boolean;
  /** Adds a new root to the file that contains the previous one, so that peers trust both. */
  readonly rotate: boolean;
  /** Creates a new intermediate even if the present one is still valid. */
  readonly renew: boolean;
}

export const addRoot: AddCommand = (program, runCommand) => {
  program
    .command('root')
    .description(
      'create a trial root and intermediate CA for each trust domain that has none, and print how to load them',
    )
    .argument('[cluster...]', 'clusters to create them for (default: all)')
    .option('-f, --fleet <file>', 'fleet file', DEFAULT_FLEET)
    .option('--years <count>', 'validity of a new root', wholeNumber(1, 50), 10)
    .option(
      '--days <count>',
      'validity of a new intermediate, which never outlives its root',
      wholeNumber(1, 3650),
      365,
    )
    .option(
      '--rotate',
      'add a new root next to the previous one, the first of two steps; see docs/operations.md',
      false,
    )
    .option('--replace', 'replace the root at once; peers that trust only the previous root refuse the new one', false)
    .option('--renew', 'create a new intermediate even if the present one is still valid', false)
    .addHelpText('after', '\nExample, before the first synthesis of fleet.yaml:\n  $ npx cdk8s-spire root')
    .action((clusters: string[], options: Omit<RootOptions, 'clusters'>) =>
      runCommand((environment) => runRoot({ clusters, ...options }, environment)),
    );
};

function wholeNumber(from: number, to: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < from || value > to) {
      throw new InvalidArgumentError(`It is not a whole number from ${from} to ${to}.`);
    }
    return value;
  };
}

/** Turns errors of the disk into messages, for example when the folder of the keys is not writable. */
async function runRoot(options: RootOptions, environment: Environment): Promise<ExitCode> {
  try {
    return await makeRoots(options, environment);
  } catch (error) {
    const { syscall, message } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    environment.printError(`${message}; files written before stay, and the next run of root continues from there`);
    return EXIT.problems;
  }
}

async function makeRoots(options: RootOptions, environment: Environment): Promise<ExitCode> {
  const { cwd, printError } = environment;
  const { fleet, problems, source } = loadFleet(options.fleet, cwd);
  if (fleet === undefined) {
    printError(renderProblems(problems, source));
    return EXIT.problems;
  }
  const known = Object.keys(fleet.clusters).sort();
  const unknown = options.clusters.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    printError(unknownName('cluster', unknown, known));
    return EXIT.usage;
  }
  let exitCode: ExitCode = EXIT.ok;
  const chosen = options.clusters.length > 0 ? options.clusters : known;
  for (const name of chosen) {
    if (fleet.clusters[name]?.nestedUnder !== undefined) continue;
    const made = await makeRootOf(fleet, name, options, environment);
    exitCode = made === EXIT.ok ? exitCode : made;
  }
  const nested = await makeNestedFiles(fleet, chosen, options, environment);
  return nested === EXIT.ok ? exitCode : nested;
}

async function makeRootOf(
  fleet: Fleet,
  cluster: string,
  options: RootOptions,
  environment: Environment,
): Promise<ExitCode> {
  const { print, printError } = environment;
  const material = trustMaterialOf(fleet, cluster);
  if (material === undefined) {
    print(`${cluster}: its trust does not start from a root; nothing to create`);
    return EXIT.ok;
  }
  if (material.secret === undefined) {
    print(
      `${cluster}: its CA is signed by an issuer, put the root of that issuer into ${material.rootFile}; nothing to create`,
    );
    return EXIT.ok;
  }
  const { secret, namespace } = material;
  const files = filesOf(material, dirname(resolve(environment.cwd, options.fleet)));
  const root = await provideRoot(cluster, material, files, options, environment);
  if (typeof root === 'string') {
    printError(`${cluster}: ${root}`);
    return EXIT.problems;
  }
  const unfit = unfitIntermediate(cluster, material, files, options);
  if (unfit !== undefined) {
    printError(`${cluster}: ${unfit}`);
    return EXIT.problems;
  }
  const made = root !== undefined && (await makeIntermediateUnder(root, material, files, options, environment));
  if (!made) print(`${cluster}: kept ${material.rootFile} and its intermediate`);
  const loaded = join(dirname(options.fleet), dirname(material.rootFile), PRIVATE_FOLDER, material.trustDomain);
  environment.print(
    certificatesIn(files.root) > 1
      ? `  load it into ${cluster} at the step that README.md of the output names, after every peer has both roots:`
      : `  load it into ${cluster} after its namespaces are created:`,
  );
  environment.print(`  ${createTlsSecretCommand({ secret, namespace, files: loaded, cluster })}`);
  return EXIT.ok;
}

/** The message about a present intermediate that cannot be used. Undefined if it can, or if this run replaces it. */
function unfitIntermediate(
  cluster: string,
  { trustDomain }: TrustMaterial,
  { intermediate, intermediateKey }: TrialFiles,
  { fleet, renew, rotate, replace }: RootOptions,
): string | undefined {
  if (renew || rotate || replace || !existsSync(intermediate) || !existsSync(intermediateKey)) return undefined;
  const [certificate, key] = [intermediate, intermediateKey].map((file) => readPem(file));
  if (certificate !== undefined && key !== undefined && certificateOfKey(certificate, key) !== undefined)
    return undefined;
  const another = ownCommand(`root ${cluster} --renew`, { fleet });
  return `${PRIVATE_FOLDER}/${trustDomain}.crt and .key do not match, or are damaged; restore them, or create new ones: ${another}`;
}

/** The number of certificates in a file: more than one during a rotation of the root. */
function certificatesIn(file: string): number {
  return existsSync(file) ? (readPem(file).match(/-----BEGIN CERTIFICATE-----/g) ?? []).length : 0;
}

interface TrialFiles {
  readonly root: string;
  readonly rootKey: string;
  /** Key of the previous root. It signs nothing any more, but is kept. */
  readonly previousRootKey: string;
  readonly intermediate: string;
  readonly intermediateKey: string;
  /** The intermediate that the server signs with, until the step of dist/README.md that loads the new one. */
  readonly previousIntermediate: string;
  readonly previousIntermediateKey: string;
  readonly privateFolder: string;
}

/** Keys are stored next to the root, in a folder that Git ignores. */
function filesOf({ rootFile, trustDomain }: TrustMaterial, folder: string): TrialFiles {
  const privateFolder = join(folder, dirname(rootFile), PRIVATE_FOLDER);
  return {
    root: join(folder, rootFile),
    rootKey: join(privateFolder, `${trustDomain}.root.key`),
    previousRootKey: join(privateFolder, `${trustDomain}.root.previous.key`),
    intermediate: join(privateFolder, `${trustDomain}.crt`),
    intermediateKey: join(privateFolder, `${trustDomain}.key`),
    previousIntermediate: join(privateFolder, `${trustDomain}.previous.crt`),
    previousIntermediateKey: join(privateFolder, `${trustDomain}.previous.key`),
    privateFolder,
  };
}

/** The root to sign with. Undefined if the key is missing but an intermediate is present. A string is an error message. */
async function provideRoot(
  cluster: string,
  material: TrustMaterial,
  files: TrialFiles,
  options: RootOptions,
  environment: Environment,
): Promise<SignedKey | undefined | string> {
  const { rootFile } = material;
  const again = (how: string): string => ownCommand(`root ${cluster} ${how}`, { fleet: options.fleet });
  if (options.rotate && certificatesIn(files.root) > 1) {
    return `${rootFile} already contains two roots; finish that rotation first, by the steps in README.md of the output`;
  }
  if (!existsSync(files.root) && !options.replace && [files.rootKey, files.intermediateKey].some(existsSync)) {
    return (
      `${rootFile} is missing, but ${PRIVATE_FOLDER}/ next to it contains keys of a root of ${material.trustDomain}; correct ` +
      `the path in the fleet, restore the root, or create another: ${again('--replace')}`
    );
  }
  if (!existsSync(files.root) || options.replace || options.rotate) {
    return newRoot(material, files, options, environment);
  }
  if (!existsSync(files.rootKey)) {
    return existsSync(files.intermediate) && !options.renew
      ? undefined
      : `the key of ${rootFile} is missing; sign an intermediate where the key is kept, or start a rotation of the root: ` +
          again('--rotate');
  }
  const key = readPem(files.rootKey);
  const certificate = certificateOfKey(readPem(files.root), key);
  if (certificate === undefined) {
    return (
      `the key in ${PRIVATE_FOLDER}/ matches no certificate in ${rootFile}; restore the matching key or certificate, ` +
      `or create another root: ${again('--replace')}`
    );
  }
  if (new Date(certificate.validTo) <= environment.now) {
    return `the root in ${rootFile} expired on ${expiryDay(certificate)}; create another: ${again('--rotate')}`;
  }
  return (
    signedKeyOf(certificate, key) ??
    `the key of ${rootFile} is of a type that root does not create; sign an intermediate with the tool that created it`
  );
}

/** During a rotation, the file contains the new root and the previous one, which peers still trust. */
async function newRoot(
  { trustDomain, rootFile }: TrustMaterial,
  files: TrialFiles,
  { years, rotate }: RootOptions,
  { now, print }: Environment,
): Promise<SignedKey> {
  makePrivateFolder(files.privateFolder);
  const root = await makeRoot({ trustDomain, now, years });
  const before = rotate && existsSync(files.root) ? readPem(files.root) : '';
  if (existsSync(files.rootKey)) {
    renameSync(files.rootKey, files.previousRootKey);
  }
  writeKey(files.rootKey, root.key);
  writeFileSync(files.root, `${before}${root.certificate}`);
  const beside = before === '' ? '' : ', next to the previous one';
  print(
    `${trustDomain}: created the root ${rootFile}${beside}, valid until ${expiryDay(new X509Certificate(root.certificate))}; ` +
      'commit it, and keep its key offline',
  );
  return root;
}

/** Returns whether an intermediate was created. A present one that stays valid for now is kept. */
async function makeIntermediateUnder(
  root: SignedKey,
  { trustDomain }: TrustMaterial,
  files: TrialFiles,
  { days, renew, rotate }: RootOptions,
  { now, print }: Environment,
): Promise<boolean> {
  const isHere = existsSync(files.intermediate) && existsSync(files.intermediateKey);
  if (!renew && isHere && isStillUsable(files.intermediate, root, now)) return false;
  const intermediate = await makeIntermediate({ trustDomain, now, days, root });
  if (rotate && isHere) {
    renameSync(files.intermediate, files.previousIntermediate);
    renameSync(files.intermediateKey, files.previousIntermediateKey);
  }
  writeKey(files.intermediateKey, intermediate.key);
  writeFileSync(files.intermediate, intermediate.certificate);
  const until = expiryDay(new X509Certificate(intermediate.certificate));
  print(`${trustDomain}: created an intermediate signed by it, valid until ${until}`);
  return true;
}
