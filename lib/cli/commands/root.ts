/** `cdk8s-spire root`: makes what is missing of each trust domain's trial PKI, and says how to load it into the cluster. */
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
  day,
  lasts,
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
  /** Puts a new root in the place of the one before: nobody who trusted that one trusts this. */
  readonly replace: boolean;
  /** Puts a new root beside the one before. */
  readonly rotate: boolean;
  /** Makes a new intermediate although the one that is here does. */
  readonly renew: boolean;
}

export const addRoot: AddCommand = (program, runCommand) => {
  program
    .command('root')
    .description(
      'makes what is missing of a trial root and intermediate CA of each trust domain, and says how to load it',
    )
    .argument('[cluster...]', 'only for these clusters')
    .option('-f, --fleet <file>', 'fleet file', DEFAULT_FLEET)
    .option('--years <count>', 'life of a new root', wholeNumber(1, 50), 10)
    .option(
      '--days <count>',
      'life of a new intermediate; it ends with its root at the latest',
      wholeNumber(1, 3650),
      365,
    )
    .option('--rotate', 'put a new root beside the one before: the first of two steps, see docs/operations.md', false)
    .option(
      '--replace',
      'put a new root in place of the one before; whoever trusts that one does not trust this',
      false,
    )
    .option('--renew', 'make a new intermediate although the one that is here lasts', false)
    .addHelpText('after', '\nExample, for a first trial of fleet.yaml:\n  $ npx cdk8s-spire root')
    .action((clusters: string[], options: Omit<RootOptions, 'clusters'>) =>
      runCommand((environment) => attempt({ clusters, ...options }, environment)),
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

/** The folder of the keys may be nobody's to write in. */
async function attempt(options: RootOptions, environment: Environment): Promise<ExitCode> {
  try {
    return await makeRoots(options, environment);
  } catch (error) {
    const { syscall, message } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    environment.complain(`${message}; what was made before stays, and root goes on from there`);
    return EXIT.problems;
  }
}

async function makeRoots(options: RootOptions, environment: Environment): Promise<ExitCode> {
  const { cwd, complain } = environment;
  const { fleet, problems, source } = loadFleet(options.fleet, cwd);
  if (fleet === undefined) {
    complain(renderProblems(problems, source));
    return EXIT.problems;
  }
  const known = Object.keys(fleet.clusters).sort();
  const unknown = options.clusters.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    complain(unknownName('cluster', unknown, known));
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
  const { print, complain } = environment;
  const material = trustMaterialOf(fleet, cluster);
  if (material === undefined) {
    print(`${cluster}: its trust does not come from a root; nothing to make`);
    return EXIT.ok;
  }
  if (material.secret === undefined) {
    print(`${cluster}: its CA is signed by an issuer, whose root belongs into ${material.rootFile}; nothing to make`);
    return EXIT.ok;
  }
  const { secret, namespace } = material;
  const files = filesOf(material, dirname(resolve(environment.cwd, options.fleet)));
  const root = await rootFor(cluster, material, files, options, environment);
  if (typeof root === 'string') {
    complain(`${cluster}: ${root}`);
    return EXIT.problems;
  }
  const unfit = unfitIntermediate(cluster, material, files, options);
  if (unfit !== undefined) {
    complain(`${cluster}: ${unfit}`);
    return EXIT.problems;
  }
  const made = root !== undefined && (await makeIntermediateUnder(root, material, files, options, environment));
  if (!made) print(`${cluster}: keeping ${material.rootFile} and the intermediate under it`);
  const loaded = join(dirname(options.fleet), dirname(material.rootFile), PRIVATE_FOLDER, material.trustDomain);
  environment.print(
    certificatesIn(files.root) > 1
      ? `  load it into ${cluster} when README.md of the output says so, after everybody has both roots:`
      : `  load it into ${cluster} once its namespaces exist:`,
  );
  environment.print(`  ${createTlsSecretCommand({ secret, namespace, files: loaded, cluster })}`);
  return EXIT.ok;
}

/** What is wrong with the intermediate that is here, where no other one is to be made. */
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
  return `${PRIVATE_FOLDER}/${trustDomain}.crt and its .key do not belong together, or are damaged; bring them back, or make others: ${another}`;
}

/** More than one while a root is being replaced. */
function certificatesIn(file: string): number {
  return existsSync(file) ? (readPem(file).match(/-----BEGIN CERTIFICATE-----/g) ?? []).length : 0;
}

interface TrialFiles {
  readonly root: string;
  readonly rootKey: string;
  /** Key of the root before, which signs nothing any more and is kept all the same. */
  readonly previousRootKey: string;
  readonly intermediate: string;
  readonly intermediateKey: string;
  /** What the server signs with until dist/README.md has the new one loaded. */
  readonly previousIntermediate: string;
  readonly previousIntermediateKey: string;
  readonly privateFolder: string;
}

/** Keys lie beside the root, in a folder that Git ignores. */
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

/** The root to sign with; undefined where the intermediate is here and its root's key is not; a text that says what is wrong. */
async function rootFor(
  cluster: string,
  material: TrustMaterial,
  files: TrialFiles,
  options: RootOptions,
  environment: Environment,
): Promise<SignedKey | undefined | string> {
  const { rootFile } = material;
  const again = (how: string): string => ownCommand(`root ${cluster} ${how}`, { fleet: options.fleet });
  if (options.rotate && certificatesIn(files.root) > 1) {
    return `${rootFile} holds two roots already; end that rotation first: README.md of the output has its steps`;
  }
  if (!existsSync(files.root) && !options.replace && [files.rootKey, files.intermediateKey].some(existsSync)) {
    return (
      `${rootFile} is not here, and ${PRIVATE_FOLDER}/ beside it holds keys of a root of ${material.trustDomain}; correct ` +
      `the path in the fleet, bring the root back, or put another in its place: ${again('--replace')}`
    );
  }
  if (!existsSync(files.root) || options.replace || options.rotate) {
    return newRoot(material, files, options, environment);
  }
  if (!existsSync(files.rootKey)) {
    return existsSync(files.intermediate) && !options.renew
      ? undefined
      : `${rootFile} is here, its key is not; sign an intermediate where the key is, or begin to replace the root: ` +
          again('--rotate');
  }
  const key = readPem(files.rootKey);
  const certificate = certificateOfKey(readPem(files.root), key);
  if (certificate === undefined) {
    return (
      `the key in ${PRIVATE_FOLDER}/ belongs to no certificate of ${rootFile}; bring back the one or the other, ` +
      `or put another root in its place: ${again('--replace')}`
    );
  }
  if (new Date(certificate.validTo) <= environment.now) {
    return `the root in ${rootFile} ended on ${day(certificate)}; make another: ${again('--rotate')}`;
  }
  return (
    signedKeyOf(certificate, key) ??
    `the key of ${rootFile} is of another kind than root makes; sign an intermediate with what made it`
  );
}

/** A root that is rotated stands beside the one before, which peers still go by. */
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
  const beside = before === '' ? '' : ', beside the one before';
  print(
    `${trustDomain}: made the root ${rootFile}${beside}, valid until ${day(new X509Certificate(root.certificate))}; ` +
      'commit it, and keep its key offline',
  );
  return root;
}

/** Whether one was made: none where the one that is here does for now. */
async function makeIntermediateUnder(
  root: SignedKey,
  { trustDomain }: TrustMaterial,
  files: TrialFiles,
  { days, renew, rotate }: RootOptions,
  { now, print }: Environment,
): Promise<boolean> {
  const isHere = existsSync(files.intermediate) && existsSync(files.intermediateKey);
  if (!renew && isHere && lasts(files.intermediate, root, now)) return false;
  const intermediate = await makeIntermediate({ trustDomain, now, days, root });
  if (rotate && isHere) {
    renameSync(files.intermediate, files.previousIntermediate);
    renameSync(files.intermediateKey, files.previousIntermediateKey);
  }
  writeKey(files.intermediateKey, intermediate.key);
  writeFileSync(files.intermediate, intermediate.certificate);
  const until = day(new X509Certificate(intermediate.certificate));
  print(`${trustDomain}: made an intermediate under it, valid until ${until}`);
  return true;
}
