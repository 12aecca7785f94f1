/** A Kubernetes object as it is written, made once for neighbouring clusters in which it is equal. */
import type { ApiObject, ApiObjectProps } from 'cdk8s';
import { sorted } from '../yaml/sorted';
import { Kept } from './kept';

/** Every object has at least these. */
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

/** A cluster has some thirty objects beside its equal parts, of which a third are those of its neighbour. */
const kept = new Kept<KubernetesObject>(1024, 64);

/**
 * What an object of cdk8s says.
 * - Equal props, name and chart's defaults, equal object: while it keeps coming again the same one, so that whoever looked at it or rendered it knows it in the next cluster.
 * - What is changed after an object was made is not in its props; nothing in lib/ does so, which a test holds.
 */
export function kubernetesObjectOf(object: ApiObject): KubernetesObject {
  const { name, chart } = object;
  // API group, version and kind among them; cdk8s keeps them to itself.
  const { props } = object as unknown as { readonly props?: ApiObjectProps };
  if (props === undefined) return object.toJson() as KubernetesObject;
  return kept.of(JSON.stringify([props, name, chart.namespace, chart.labels]), () => manifestOf(object, props));
}

/** The class of a construct that was generated from a schema. */
interface GeneratedClass {
  /** What Kubernetes knows of the props, under its names for them. */
  readonly manifest?: (props: ApiObjectProps) => KubernetesObject;
}

/** What `toJson` says of props that are plain data, in half its time: it looks into each value for what is yet to be decided. */
function manifestOf(object: ApiObject, props: ApiObjectProps): KubernetesObject {
  const { manifest } = object.constructor as GeneratedClass;
  if (manifest === undefined) return object.toJson() as KubernetesObject;
  const made = manifest({ ...props, metadata: object.metadata.toJson() as ApiObjectProps['metadata'] });
  const { apiVersion, kind, metadata, ...rest } = sorted(made) as KubernetesObject;
  return { apiVersion, kind, metadata, ...rest };
}
