/** An index of the objects of one cluster: by kind, namespace and name, and the pods that its controllers create. */
import type { KubernetesObject } from '../manifests/kubernetes-object';
import type { ManifestFile } from '../manifests/manifest-file';

/** An object and the file it is written to. */
export interface PlacedObject {
  readonly file: string;
  readonly object: KubernetesObject;
}

/** A pod template, with the namespace and the labels of its pods. */
export interface PodTemplate extends PlacedObject {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: PodSpec;
}

/** The parts of a pod's specification that the checks read. */
export interface PodSpec {
  readonly serviceAccountName?: string;
  readonly priorityClassName?: string;
  readonly shareProcessNamespace?: boolean;
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly volumes?: readonly Volume[];
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[];
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
  readonly env?: readonly { readonly name: string; readonly valueFrom?: { readonly secretKeyRef?: SecretKey } }[];
}

export interface SecretKey {
  readonly name: string;
  readonly key: string;
}

export interface Volume {
  readonly name: string;
  readonly configMap?: { readonly name: string };
  readonly secret?: { readonly secretName: string };
  readonly csi?: { readonly driver: string };
  readonly hostPath?: { readonly path: string };
  readonly projected?: {
    readonly sources: readonly {
      readonly serviceAccountToken?: { readonly audience: string; readonly path: string };
    }[];
  };
}

const CONTROLLERS = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job']);

export class ClusterObjects {
  readonly all: readonly PlacedObject[];
  readonly pods: readonly PodTemplate[];
  private readonly byKey = new Map<string, PlacedObject>();
  private readonly byKind = new Map<string, PlacedObject[]>();

  constructor(files: readonly ManifestFile[]) {
    this.all = files.flatMap((file) => file.objects.map((object) => ({ file: file.path, object })));
    for (const placed of this.all) {
      const { kind } = placed.object;
      this.byKey.set(keyOf(placed.object), placed);
      const alike = this.byKind.get(kind);
      if (alike === undefined) this.byKind.set(kind, [placed]);
      else alike.push(placed);
    }
    this.pods = this.all.filter(({ object }) => CONTROLLERS.has(object.kind)).map(podTemplateOf);
  }

  find(kind: string, name: string, namespace?: string): KubernetesObject | undefined {
    return this.byKey.get(`${kind}/${namespace ?? ''}/${name}`)?.object;
  }

  has(kind: string, name: string, namespace?: string): boolean {
    return this.find(kind, name, namespace) !== undefined;
  }

  ofKind(kind: string): readonly PlacedObject[] {
    return this.byKind.get(kind) ?? [];
  }

  /** The pods that a controller of this name makes. */
  podOf(name: string): PodTemplate | undefined {
    return this.pods.find(({ object }) => object.metadata.name === name);
  }

  /** Where a volume is mounted in a pod. */
  mountPathOf({ spec }: PodTemplate, volume: string | undefined): string | undefined {
    const mounts = spec.containers.flatMap(({ volumeMounts = [] }) => volumeMounts);
    return mounts.find(({ name }) => name === volume)?.mountPath;
  }

  /** Pods of a namespace that carry all of these labels. */
  podsWith(namespace: string, labels: Readonly<Record<string, string>>): readonly PodTemplate[] {
    return this.pods.filter((pod) => pod.namespace === namespace && hasLabels(pod.labels, labels));
  }
}

/** Group and version do not matter: no two kinds of the output share a name. */
export function keyOf({ kind, metadata }: KubernetesObject): string {
  return `${kind}/${metadata.namespace ?? ''}/${metadata.name}`;
}

export function hasLabels(labels: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}

interface Template {
  readonly metadata?: {
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: PodSpec;
}

function podTemplateOf({ file, object }: PlacedObject): PodTemplate {
  const { template } = object.spec as { readonly template: Template };
  return {
    file,
    object,
    namespace: object.metadata.namespace ?? '',
    labels: template.metadata?.labels ?? {},
    annotations: template.metadata?.annotations ?? {},
    spec: template.spec,
  };
}
