/** `cdk8s-spire root`: makes what is missing of each trust domain's trial PKI, and says how to load it into the cluster. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadFleet } from '../../fleet/load';
import type { Fleet } from '../../fleet/schema';
import { suggest } from '../../fleet/suggest';
import { type TrustMaterial, trustMaterialOf } from '../../model/trust-material';
import { renderProblems } from '../../problems/render';
import { makeIntermediate, makeRoot } from '../../trust/trial-ca';
import { type Environment, EXIT, type ExitCode } from '../environment';

export interface RootOptions {
  /** Names of clusters; empty means all. */
  readonly clusters: readonly string[];
  /** Path of the fleet file, relative to the environment's folder. */
  readonly fleet: string;
  readonly years: number;
  readonly days: number;
  readonly replace: boolean;
}

export async function makeRoots(options: RootOptions, environment: Environment): Promise<ExitCode> {
  const { cwd, complain } = environment;
  const { fleet, problems, source } = loadFleet(options.fleet, cwd);
  if (fleet === undefined) {
    complain(renderProblems(problems, source));
    return EXIT.problems;
  }
  const known = Object.keys(fleet.clusters).sort();
  const unknown = options.clusters.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const suggestion = suggest(unknown, known);
    complain(
      `no cluster is named "${unknown}"; ${suggestion ? `did you mean "${suggestion}"?` : `clusters: ${known.join(', ')}`}`,
    );
    return EXIT.usage;
  }
  let exitCode: ExitCode = EXIT.ok;
  for (const name of options.clusters.length > 0 ? options.clusters : known) {
    const made = await makeRootOf(fleet, name, options, environment);
    exitCode = made === EXIT.ok ? exitCode : made;
  }
  return exitCode;
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
  const folder = dirname(join(environment.cwd, options.fleet));
  const files = filesOf(material, folder);
  if (existsSync(files.root) && !options.replace && !existsSync(files.rootKey)) {
    if (existsSync(files.intermediate)) {
      print(`${cluster}: keeping ${material.rootFile} and the intermediate under it`);
      printLoading(cluster, material, environment);
      return EXIT.ok;
    }
    complain(
      `${cluster}: ${material.rootFile} is here, its key is not; sign an intermediate where the key is, or make a new root: ` +
        `npx cdk8s-spire root ${cluster} --replace`,
    );
    return EXIT.problems;
  }
  await makeMissing(material, files, options, environment);
  printLoading(cluster, material, environment);
  return EXIT.ok;
}

interface TrialFiles {
  readonly root: string;
  readonly rootKey: string;
  readonly intermediate: string;
  readonly intermediateKey: string;
  readonly privateFolder: string;
}

/** Keys lie beside the root, in a folder that Git ignores. */
function filesOf({ rootFile, trustDomain }: TrustMaterial, folder: string): TrialFiles {
  const privateFolder = join(folder, dirname(rootFile), PRIVATE_FOLDER);
  return {
    root: join(folder, rootFile),
    rootKey: join(privateFolder, `${trustDomain}.root.key`),
    intermediate: join(privateFolder, `${trustDomain}.crt`),
    intermediateKey: join(privateFolder, `${trustDomain}.key`),
    privateFolder,
  };
}

const PRIVATE_FOLDER = 'private';

async function makeMissing(
  material: TrustMaterial,
  files: TrialFiles,
  options: RootOptions,
  { now, print }: Environment,
): Promise<void> {
  const { trustDomain, rootFile } = material;
  mkdirSync(files.privateFolder, { recursive: true, mode: 0o700 });
  // Ignores itself as well: nothing in this folder can be committed by accident, whatever the repository ignores.
  writeFileSync(join(files.privateFolder, '.gitignore'), '*\n');
  if (options.replace || !existsSync(files.root)) {
    const root = await makeRoot({ trustDomain, now, years: options.years });
    writeKey(files.rootKey, root.key);
    writeFileSync(files.root, root.certificate);
    print(
      `${trustDomain}: made the root ${rootFile}, valid for ${options.years} years; commit it, and keep its key offline`,
    );
  } else {
    print(`${trustDomain}: keeping ${rootFile}`);
  }
  const root = { certificate: readFileSync(files.root, 'utf8'), key: readFileSync(files.rootKey, 'utf8') };
  const intermediate = await makeIntermediate({ trustDomain, now, days: options.days, root });
  writeKey(files.intermediateKey, intermediate.key);
  writeFileSync(files.intermediate, intermediate.certificate);
  print(`${trustDomain}: made an intermediate under it, valid for ${options.days} days`);
}

function writeKey(file: string, pem: string): void {
  writeFileSync(file, pem, { mode: 0o600 });
}

function printLoading(
  cluster: string,
  { rootFile, trustDomain, secret, namespace }: TrustMaterial,
  { print }: Environment,
): void {
  const folder = join(dirname(rootFile), PRIVATE_FOLDER);
  print(`  load it into ${cluster} once its namespaces exist:`);
  print(
    `  kubectl --context ${cluster} create secret tls ${secret} --namespace ${namespace} ` +
      `--cert ${join(folder, `${trustDomain}.crt`)} --key ${join(folder, `${trustDomain}.key`)}`,
  );
}
