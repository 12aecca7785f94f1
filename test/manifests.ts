/** What constructs write, and ways into it. */
import { Chart, Testing } from 'cdk8s';
import type { Construct } from 'constructs';
import { parse } from 'yaml';

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
