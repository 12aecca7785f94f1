/** A file of manifests before it is text: where it goes and the objects it holds. */
import { ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';

/** Order in which a cluster's layers are applied; each may rely on those before it. */
export const LAYERS = [
  'crds',
  'namespaces',
  'spire-server',
  'spire-agent',
  'identities',
  'istio',
  'workloads',
  'observability',
  'edge',
] as const;

export type Layer = (typeof LAYERS)[number];

/** A Kubernetes object as it is written; every one has at least these. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [key: string]: unknown;
}

export interface ManifestFile {
  readonly layer: Layer;
  /** Path below the cluster's folder, such as `spire-server/server.yaml`. */
  readonly path: string;
  /** Whether the layer's kustomization lists it; files for istioctl and Helm are not applied by themselves. */
  readonly applied: boolean;
  readonly objects: readonly KubernetesObject[];
}

/** A chart that becomes one file. Its id is the file's path, so adding another file moves none. */
export class ManifestChart extends Chart {
  constructor(
    scope: Construct,
    readonly layer: Layer,
    readonly fileName: string,
    readonly applied = true,
  ) {
    super(scope, `${layer}/${fileName}`, { disableResourceNameHashes: true });
  }

  /** Objects in the order in which their constructs were made. */
  toManifestFile(): ManifestFile {
    return {
      layer: this.layer,
      path: `${this.layer}/${this.fileName}.yaml`,
      applied: this.applied,
      objects: this.node
        .findAll()
        .filter(ApiObject.isApiObject)
        .map((object) => object.toJson() as KubernetesObject),
    };
  }
}
