/** The part of `cdk8s-spire root` for nested clusters: a root for the certificates of nested servers, and a certificate for each. */
import { X509Certificate } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Fleet } from '../../fleet/schema';
import { required } from '../../invariants/required';
import { createTlsSecretCommand } from '../../kubectl/create-tls-secret';
import { NESTED_SERVER_SECRET } from '../../model/names';
import { nestedUnder, upperOf } from '../../model/spire/nesting';
import { spireNamespaces } from '../../model/spire/resolve-spire';
import { nestedRootFile } from '../../model/trust/trust-material';
import { makeNestedCertificate, makeNestedRoot, type SignedKey } from '../../trial-pki/trial-pki';
import { type Environment, EXIT, type ExitCode } from '../environment';
import {
  certificateOfKey,
  expiryDay,
  holdsCertificate,
  isStillUsable,
  makePrivateFolder,
  PRIVATE_FOLDER,
  readPem,
  signedKeyOf,
  writeKey,
} from '../private-files';

export interface NestedOptions {
  /** Path of the fleet file, relative to the environment's folder. */
  readonly fleet: string;
  readonly years: number;
  readonly days: number;
  readonly replace: boolean;
  readonly renew: boolean;
}

/** Creates the files of each chosen cluster that is nested, and of each cluster nested under a chosen one. */
export async function makeNestedFiles(
  fleet: Fleet,
  chosen: readonly string[],
  options: NestedOptions,
  environment: Environment,
): Promise<ExitCode> {
  const uppers = Object.keys(fleet.clusters).filter((name) => nestedUnder(fleet, name).length > 0);
  let exitCode: ExitCode = EXIT.ok;
  for (const upper of uppers.sort()) {
    const nested = nestedUnder(fleet, upper).filter((name) => chosen.includes(upper) || chosen.includes(name));
    if (nested.length === 0) continue;
    const files = filesOf(fleet, upper, dirname(resolve(environment.cwd, options.fleet)));
    // All nested clusters share this root, so it is replaced only if the upstream cluster is chosen.
    const root = await rootOf(files, { ...options, replace: options.replace && chosen.includes(upper) }, environment);
    if (typeof root === 'string') {
      environment.printError(`${nested.join(', ')}: ${root}`);
      exitCode = EXIT.problems;
      continue;
    }
    for (const name of nested) {
      if (!(await createCertificateIfNeeded(name, root, files, options, environment))) exitCode = EXIT.problems;
      else printLoading(fleet, name, { ...files, fleetFile: options.fleet }, environment);
    }
  }
  return exitCode;
}

interface NestedFiles {
  readonly trustDomain: string;
  /** Path of the root relative to the fleet file. */
  readonly rootFile: string;
  readonly root: string;
  readonly rootKey: string;
  readonly privateFolder: string;
}

function filesOf(fleet: Fleet, upper: string, folder: string): NestedFiles {
  const cluster = required(fleet.clusters[upper], `the cluster ${upper}`);
  const { trustDomain } = cluster;
  const rootFile = nestedRootFile(cluster);
  const privateFolder = join(folder, dirname(rootFile), PRIVATE_FOLDER);
  const rootKey = join(privateFolder, `${trustDomain}.nested.root.key`);
  return { trustDomain, rootFile, root: join(folder, rootFile), rootKey, privateFolder };
}

/** The root to sign with. Undefined if only its certificate is present. A string is an error message. */
async function rootOf(
  files: NestedFiles,
  { years, replace }: NestedOptions,
  { now, print }: Environment,
): Promise<SignedKey | undefined | string> {
  const { trustDomain, rootFile } = files;
  if (existsSync(files.root) && !replace) {
    if (!existsSync(files.rootKey)) return undefined;
    const key = readPem(files.rootKey);
    const certificate = certificateOfKey(readPem(files.root), key);
    if (certificate === undefined) {
      return `the key in ${PRIVATE_FOLDER}/ matches no certificate in ${rootFile}; restore the matching key or certificate`;
    }
    return (
      signedKeyOf(certificate, key) ??
      `the key of ${rootFile} is of a type that root does not create; sign certificates with the tool that created it`
    );
  }
  if (existsSync(files.rootKey) && !replace) {
    return (
      `${rootFile} is missing, but ${PRIVATE_FOLDER}/ next to it contains the key of such a root; correct the path in the ` +
      'fleet, restore the root, or create another with --replace'
    );
  }
  makePrivateFolder(files.privateFolder);
  const root = await makeNestedRoot({ trustDomain, now, years });
  writeKey(files.rootKey, root.key);
  writeFileSync(files.root, root.certificate);
  const until = expiryDay(new X509Certificate(root.certificate));
  print(
    `${trustDomain}: created the root of nested servers ${rootFile}, valid until ${until}; commit it, and keep its key offline`,
  );
  return root;
}

/** Creates a certificate unless a valid one is present. Returns false if a certificate is needed but cannot be created. */
async function createCertificateIfNeeded(
  cluster: string,
  root: SignedKey | undefined,
  files: NestedFiles,
  { days, renew, replace }: NestedOptions,
  { now, print, printError }: Environment,
): Promise<boolean> {
  const { trustDomain, rootFile } = files;
  const file = certificateFile(files, cluster);
  const isHere = existsSync(file) && !renew && !replace;
  if (isHere && !holdsCertificate(file)) {
    printError(
      `${cluster}: ${PRIVATE_FOLDER}/${basename(file)} is not a certificate; restore it, or create another with --renew`,
    );
    return false;
  }
  if (isHere && (root === undefined || isStillUsable(file, root, now))) {
    print(`${cluster}: kept ${rootFile} and its certificate`);
    return true;
  }
  if (root === undefined) {
    printError(
      `${cluster}: the key of ${rootFile} is missing; sign a certificate with the common name ${cluster} where the key is kept`,
    );
    return false;
  }
  const made = await makeNestedCertificate({ cluster, trustDomain, now, days, root });
  writeKey(file.replace(/crt$/, 'key'), made.key);
  writeFileSync(file, made.certificate);
  print(
    `${cluster}: created the certificate of its server, valid until ${expiryDay(new X509Certificate(made.certificate))}`,
  );
  return true;
}

function certificateFile({ privateFolder, trustDomain }: NestedFiles, cluster: string): string {
  return join(privateFolder, `${trustDomain}.${cluster}.crt`);
}

function printLoading(
  fleet: Fleet,
  cluster: string,
  { rootFile, trustDomain, fleetFile }: NestedFiles & { readonly fleetFile: string },
  { print }: Environment,
): void {
  const command = createTlsSecretCommand({
    secret: NESTED_SERVER_SECRET,
    namespace: spireNamespaces(fleet, cluster).server,
    files: join(dirname(fleetFile), dirname(rootFile), PRIVATE_FOLDER, `${trustDomain}.${cluster}`),
    cluster,
  });
  print(
    `  load it into ${cluster} after its namespaces are created and ${upperOf(fleet, cluster)} is running:\n  ${command}`,
  );
}
