/** The tested fleet: a copy of an example with new roots, whose keys are known, synthesized by the command line. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Document, parse, parseDocument } from 'yaml';
import { type Environment, processEnvironment } from '../../../lib/cli/environment';
import { run } from '../../../lib/cli/main';
import { loadFleet } from '../../../lib/fleet/load';
import { resolve } from '../../../lib/model/resolve';
import type { ResolvedCluster, ResolvedFleet } from '../../../lib/model/resolved-fleet';
import { renderProblems } from '../../../lib/problems/render';
import { synthesize } from './synthesize';

/** Paths of two PEM files. */
export interface CertificateFiles {
  readonly certificate: string;
  readonly key: string;
}

export class WorkFleet {
  readonly fleetFile: string;
  readonly dist: string;

  private constructor(
    readonly folder: string,
    private readonly original: string,
  ) {
    this.fleetFile = join(folder, 'fleet.yaml');
    this.dist = join(folder, 'dist');
  }

  /** Copies a fleet file, makes its roots as the README says, and synthesizes. */
  static async make(folder: string, fleetFile: string): Promise<WorkFleet> {
    mkdirSync(folder, { recursive: true });
    const fleet = new WorkFleet(folder, readFileSync(fleetFile, 'utf8'));
    writeFileSync(fleet.fleetFile, fleet.original);
    await fleet.root('--replace');
    fleet.synthesize();
    return fleet;
  }

  /** Changes the fleet as a person would with an editor, and synthesizes. */
  change(edit: (document: Document) => void): void {
    this.edit(edit);
    this.synthesize();
  }

  /** Changes the fleet file alone. */
  edit(edit: (document: Document) => void): void {
    const document = parseDocument(readFileSync(this.fleetFile, 'utf8'));
    edit(document);
    writeFileSync(this.fleetFile, document.toString());
  }

  /** The same for clusters that are still empty: makes what roots and certificates are missing, and forgets what was written last. */
  async startOver(edit: (document: Document) => void): Promise<void> {
    this.edit(edit);
    const lines: string[] = [];
    if ((await run(['root'], this.environment(lines))) !== 0) {
      throw new Error(`cdk8s-spire root failed: ${lines.join('\n')}`);
    }
    rmSync(this.dist, { recursive: true });
    this.synthesize();
  }

  /** Takes all changes back, and synthesizes. */
  restore(): void {
    writeFileSync(this.fleetFile, this.original);
    this.synthesize();
  }

  /** Puts a new root beside the one of a cluster, with an intermediate under it, and synthesizes. */
  async rotateRoot(cluster: string): Promise<void> {
    await this.root(cluster, '--rotate');
    this.synthesize();
  }

  /** Makes the root of a cluster that has none, and an intermediate under it. */
  makeRoot(cluster: string): Promise<void> {
    return this.root(cluster);
  }

  /** Leaves these certificates, in PEM, as the roots of a trust domain, and synthesizes. */
  writeRoot(trustDomain: string, certificates: readonly string[]): void {
    writeFileSync(join(this.folder, 'trust', `${trustDomain}.pem`), certificates.join(''));
    this.synthesize();
  }

  synthesize(): void {
    synthesize(this.folder);
  }

  /** What is decided about it as it is now, from which the manifests are made. */
  resolve(): ResolvedFleet {
    const { fleet: written, readTrustFile, problems: faults, source } = loadFleet(this.fleetFile);
    if (written === undefined) throw new Error(renderProblems(faults, source));
    const { fleet, problems } = resolve(written, { readTrustFile, now: new Date() });
    if (fleet === undefined) throw new Error(renderProblems(problems, source));
    return fleet;
  }

  /** Names of its clusters, sorted. */
  clusterNames(): readonly string[] {
    const { clusters } = parse(this.original) as { readonly clusters: Readonly<Record<string, unknown>> };
    return Object.keys(clusters).sort();
  }

  /** Root certificate of a trust domain, in PEM. */
  rootOf(trustDomain: string): string {
    return readFileSync(this.rootFileOf(trustDomain), 'utf8');
  }

  rootFileOf(trustDomain: string): string {
    return join(this.folder, 'trust', `${trustDomain}.pem`);
  }

  /** Files of the intermediate CA that a trust domain's server signs with. */
  intermediateOf(trustDomain: string): CertificateFiles {
    const file = join(this.folder, 'trust', 'private', trustDomain);
    return { certificate: `${file}.crt`, key: `${file}.key` };
  }

  /** Files of the certificate by which the server of a nested cluster proves who it is. */
  nestedCertificateOf({ name, trustDomain }: Pick<ResolvedCluster, 'name' | 'trustDomain'>): CertificateFiles {
    return this.intermediateOf(`${trustDomain}.${name}`);
  }

  /** Path below dist/ → text, of every file. */
  files(): ReadonlyMap<string, string> {
    return readTree(this.dist);
  }

  private async root(...args: readonly string[]): Promise<void> {
    const lines: string[] = [];
    if ((await run(['root', ...args], this.environment(lines))) !== 0) {
      throw new Error(`cdk8s-spire root ${args.join(' ')} failed: ${lines.join('\n')}`);
    }
  }

  private environment(lines: string[]): Environment {
    const keep = (line: string): void => {
      lines.push(line);
    };
    return { ...processEnvironment(), cwd: this.folder, print: keep, printError: keep };
  }
}

/** Path → text of every file below a folder, sorted by path. */
export function readTree(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [relative(folder, path), readFileSync(path, 'utf8')]),
  );
}
