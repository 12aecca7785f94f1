/** Fleets resolved in memory, with roots made for the test, and the objects that constructs make of them. */
import { Chart, Testing } from 'cdk8s';
import type { Construct } from 'constructs';
import { parse } from 'yaml';
import { checkShape } from '../lib/fleet/check-shape';
import { parseFleet } from '../lib/fleet/parse';
import { type Resolution, resolve } from '../lib/model/resolve';
import type { ResolvedCluster } from '../lib/model/resolved-fleet';
import type { Problem, ProblemCode } from '../lib/problems/problem';
import { renderProblems } from '../lib/problems/render';
import { NOW } from './support';
import { makeTrialCa, type TrialCa } from './trial-ca';

/** Files that a fleet names, by path. */
export type TrustFiles = Readonly<Record<string, string>>;

const trialCas = new Map<string, Promise<TrialCa>>();

/** A trial PKI, the same one each time a test file asks for this trust domain. */
export function trialCa(trustDomain: string): Promise<TrialCa> {
  const known = trialCas.get(trustDomain);
  const made = known ?? makeTrialCa(trustDomain, NOW);
  trialCas.set(trustDomain, made);
  return made;
}

/** Resolves a fleet file of this text. A root that the fleet expects and `files` lacks is made. */
export async function resolveText(text: string, files: TrustFiles = {}): Promise<Resolution> {
  const { document, problems, source } = parseFleet(text, 'fleet.yaml');
  const shape = problems.length > 0 ? { problems } : checkShape(document);
  if (!('fleet' in shape) || shape.fleet === undefined) {
    throw new Error(renderProblems(shape.problems, source));
  }
  const present = new Map(Object.entries(files));
  for (const { trustDomain, trust } of Object.values(shape.fleet.clusters)) {
    const path = trust?.root ?? `trust/${trustDomain}.pem`;
    if (!present.has(path)) present.set(path, (await trialCa(trustDomain)).root);
  }
  const readTrustFile = (path: string): { text: string } | { missing: true } => {
    const found = present.get(path);
    return found === undefined ? { missing: true } : { text: found };
  };
  return resolve(shape.fleet, { readTrustFile, now: NOW });
}

/** The clusters of a fleet without faults, by name. */
export async function clustersOf(text: string, files: TrustFiles = {}): Promise<Record<string, ResolvedCluster>> {
  const { fleet, problems } = await resolveText(text, files);
  if (fleet === undefined) {
    throw new Error(renderProblems(problems, parseFleet(text, 'fleet.yaml').source));
  }
  return Object.fromEntries(fleet.clusters.map((cluster) => [cluster.name, cluster]));
}

export function codesOf(problems: readonly Problem[]): readonly ProblemCode[] {
  return problems.map(({ code }) => code);
}

/** Problems as they are reported, and the function that takes them. */
export function collector(): { readonly problems: Problem[]; readonly report: (problem: Problem) => void } {
  const problems: Problem[] = [];
  return { problems, report: (problem) => problems.push(problem) };
}

/** Two federated clusters; `greeter` of east calls `bookinfo` of west. */
export const PAIR = `
fleet: pair
clusters:
  east: { trustDomain: east.test, bundleEndpoint: { address: 192.0.2.10 } }
  west: { trustDomain: west.test, bundleEndpoint: { address: 192.0.2.20 }, gateway: { address: 192.0.2.21 } }
federation: [{ between: [east, west] }]
workloads:
  greeter: { cluster: east, preset: curl-greeter, spiffeId: /greeter, calls: [bookinfo] }
  bookinfo: { cluster: west, preset: bookinfo, host: bookinfo.test }
`;

/** A fleet of one cluster: its keys in YAML's flow style, and workloads by name. */
export function lone(keys = '', workloads = ''): string {
  return `{ fleet: lone, clusters: { east: { trustDomain: east.test, ${keys} } }, workloads: { ${workloads} } }`;
}

/** The one cluster of `lone`. */
export async function loneCluster(keys = '', workloads = ''): Promise<ResolvedCluster> {
  return (await clustersOf(lone(keys, workloads))).east!;
}

/** A Kubernetes object as it is written, as far as tests look into it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: unknown;
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string }[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string; readonly readOnly?: boolean }[];
}

export interface PodSpec {
  readonly containers: readonly Container[];
  readonly volumes?: readonly { readonly name: string; readonly [source: string]: unknown }[];
}

/** What a construct writes. */
export function objectsOf(build: (scope: Construct) => void): readonly Manifest[] {
  const chart = new Chart(Testing.app(), 'test', { disableResourceNameHashes: true });
  build(chart);
  return Testing.synth(chart) as Manifest[];
}

/** The one object of this kind, and of this name if one is given. */
export function find(objects: readonly Manifest[], kind: string, name?: string): Manifest {
  const found = objects.filter(
    (object) => object.kind === kind && (name ?? object.metadata.name) === object.metadata.name,
  );
  if (found.length !== 1) {
    throw new Error(`${found.length} objects are ${kind} ${name ?? ''}`);
  }
  return found[0]!;
}

/** A configuration file, JSON or YAML, out of a ConfigMap. */
export function configOf(objects: readonly Manifest[], configMap: string, file: string): unknown {
  return parse(find(objects, 'ConfigMap', configMap).data?.[file] ?? '');
}

/** Pod template of a Deployment, DaemonSet or StatefulSet. */
export function podOf(object: Manifest): { readonly metadata: unknown; readonly spec: PodSpec } {
  return (object.spec as { template: { metadata: unknown; spec: PodSpec } }).template;
}

export function containerOf(object: Manifest, name: string): Container {
  return byName(podOf(object).spec.containers, name);
}

export function volumeOf(object: Manifest, name: string): { readonly [source: string]: unknown } {
  return byName(podOf(object).spec.volumes ?? [], name);
}

/** The path at which a container sees a volume. */
export function mountPathOf(container: Container, volume: string): string {
  return byName(container.volumeMounts ?? [], volume).mountPath;
}

function byName<Item extends { readonly name: string }>(items: readonly Item[], name: string): Item {
  const item = items.find((candidate) => candidate.name === name);
  if (item === undefined) {
    throw new Error(`nothing is named ${name}, only ${items.map((candidate) => candidate.name).join(', ')}`);
  }
  return item;
}
