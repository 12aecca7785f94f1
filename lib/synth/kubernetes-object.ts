/** A Kubernetes object as it is written, made once for all clusters in which it is equal. */
import type { ApiObject } from 'cdk8s';
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

/** Of a cluster's objects half are those of its neighbours, and come again before the rest fills this. */
const kept = new Kept<KubernetesObject>(1024);

/**
 * What an object of cdk8s says.
 * - Equal props, name and chart's defaults, equal object: the same one, so that whoever looked at it or rendered it once knows it in every cluster.
 * - What is changed after an object was made is not in its props; nothing in lib/ does so, which a test holds.
 */
export function kubernetesObjectOf(object: ApiObject): KubernetesObject {
  const key = keyOf(object);
  const make = (): KubernetesObject => object.toJson() as KubernetesObject;
  return key === undefined ? make() : kept.of(key, make);
}

/** All that an object is made of, or undefined where cdk8s does not tell what its construct was given. */
function keyOf(object: ApiObject): string | undefined {
  // API group, version and kind among them; cdk8s keeps them to itself.
  const { props } = object as unknown as { readonly props: unknown };
  const { namespace, labels } = object.chart;
  return props === undefined ? undefined : JSON.stringify([props, object.name, namespace, labels]);
}
