/** A Kubernetes object as it is written. */
import type { ApiObject, ApiObjectProps } from 'cdk8s';
import { sorted } from '../yaml/sorted';

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

/** The class of a construct that was generated from a schema. */
interface GeneratedClass {
  /** What Kubernetes knows of the props, under its names for them. */
  readonly manifest?: (props: ApiObjectProps) => KubernetesObject;
}

/**
 * What an object of cdk8s says: what its `toJson` says of props that are plain data, in half the time, since that looks into each value for what is yet to be decided.
 * - What is changed after an object was made, or set by its chart, is not in its props; nothing in lib/ does so, which a test holds.
 */
export function kubernetesObjectOf(object: ApiObject): KubernetesObject {
  // API group, version and kind among them; cdk8s keeps them to itself.
  const { props } = object as unknown as { readonly props?: ApiObjectProps };
  if (props?.metadata?.name === undefined) return object.toJson() as KubernetesObject;
  const { manifest } = object.constructor as GeneratedClass;
  const made = sorted(manifest === undefined ? props : manifest(props));
  const { apiVersion, kind, metadata, ...rest } = made as KubernetesObject;
  return { apiVersion, kind, metadata, ...rest };
}
