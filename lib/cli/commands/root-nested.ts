/** The part of `cdk8s-spire root` for nested clusters: the root of their servers' certificates, and one certificate each. */
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
  day,
  holdsCertificate,
  lasts,
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

/** For every chosen cluster that is nested, and for those nested under a chosen one. */
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
    // The root stands for all of them: it is replaced with the cluster above, not with one of those below.
    const root = await rootOf(files, { ...options, replace: options.replace && chosen.includes(upper) }, environment);
    if (typeof root === 'string') {
      environment.complain(`${nested.join(', ')}: ${root}`);
      exitCode = EXIT.problems;
      continue;
    }
    for (const name of nested) {
      if (!(await certify(name, root, files, options, environment))) exitCode = EXIT.problems;
      else printLoading(fleet, name, { ...files, fleetFile: options.fleet }, environment);
    }
  }
  return exitCode;
}

interface NestedFiles {
  readonly trustDomain: string;
  /** As the fleet names it. */
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

/** The root to sign with; undefined where only its certificate is here; a text that says what is wrong. */
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
      return `the key in ${PRIVATE_FOLDER}/ belongs to no certificate of ${rootFile}; bring the two together again`;
    }
    return (
      signedKeyOf(certificate, key) ??
      `the key of ${rootFile} is of another kind than root makes; sign certificates with what made it`
    );
  }
  if (existsSync(files.rootKey) && !replace) {
    return (
      `${rootFile} is not here, and ${PRIVATE_FOLDER}/ beside it holds the key of such a root; correct the path in the ` +
      'fleet, bring the root back, or put another in its place with --replace'
    );
  }
  makePrivateFolder(files.privateFolder);
  const root = await makeNestedRoot({ trustDomain, now, years });
  writeKey(files.rootKey, root.key);
  writeFileSync(files.root, root.certificate);
  const until = day(new X509Certificate(root.certificate));
  print(
    `${trustDomain}: made the root of nested servers ${rootFile}, valid until ${until}; commit it, and keep its key offline`,
  );
  return root;
}

/** Makes a certificate unless one is here that lasts; false where one is wanted and cannot be made. */
async function certify(
  cluster: string,
  root: SignedKey | undefined,
  files: NestedFiles,
  { days, renew, replace }: NestedOptions,
  { now, print, complain }: Environment,
): Promise<boolean> {
  const { trustDomain, rootFile } = files;
  const file = certificateFile(files, cluster);
  const isHere = existsSync(file) && !renew && !replace;
  if (isHere && !holdsCertificate(file)) {
    complain(
      `${cluster}: ${PRIVATE_FOLDER}/${basename(file)} is no certificate; bring it back, or make another with --renew`,
    );
    return false;
  }
  if (isHere && (root === undefined || lasts(file, root, now))) {
    print(`${cluster}: keeping ${rootFile} and the certificate under it`);
    return true;
  }
  if (root === undefined) {
    complain(
      `${cluster}: ${rootFile} is here, its key is not; sign a certificate with the common name ${cluster} where the key is`,
    );
    return false;
  }
  const made = await makeNestedCertificate({ cluster, trustDomain, now, days, root });
  writeKey(file.replace(/crt$/, 'key'), made.key);
  writeFileSync(file, made.certificate);
  print(`${cluster}: made the certificate of its server, valid until ${day(new X509Certificate(made.certificate))}`);
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
  print(`  load it into ${cluster} once its namespaces exist, after ${upperOf(fleet, cluster)} runs:\n  ${command}`);
}
