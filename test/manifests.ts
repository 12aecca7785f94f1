/** What constructs write, and ways into it. */
import { Chart, Testing } from 'cdk8s';
import type { Construct } from 'constructs';
import { parse } from 'yaml';
import type { KubernetesObject } from '../lib/manifests/kubernetes-object';

/** A Kubernetes object as it is written, as far as tests look into it. */
export interface Manifest extends Pick<KubernetesObject, 'apiVersion' | 'kind' | 'metadata'> {
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: unknown;
  /** Of a binding. */
  readonly roleRef?: { readonly kind: string; readonly name: string };
  readonly subjects?: readonly unknown[];
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string }[];
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string; readonly readOnly?: boolean }[];
}

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string | number };
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

/** Bindings of nobody, and bindings to a role that is not among the objects. */
export function looseBindings(objects: readonly Manifest[]): readonly string[] {
  return objects
    .filter(({ roleRef, subjects = [], kind, metadata: { namespace } }) => {
      const role = objects.find((object) => object.kind === roleRef?.kind && object.metadata.name === roleRef.name);
      const fits = kind === `${role?.kind}Binding` && role?.metadata.namespace === namespace;
      return kind.endsWith('RoleBinding') && (!fits || subjects.length === 0);
    })
    .map(({ kind, metadata }) => `${kind} ${metadata.name}`);
}

/** A port that a container opens, by its name or number. */
export function portOf({ ports = [] }: Container, port: string | number): number | undefined {
  return ports.find(({ name, containerPort }) => name === port || containerPort === port)?.containerPort;
}

/** The part of server.conf and agent.conf that says where health is told. */
export interface HealthConfig {
  readonly health_checks: {
    readonly listener_enabled: boolean;
    readonly bind_port: string;
    readonly live_path: string;
    readonly ready_path: string;
  };
}
