/** The types of a change of the output: an added, removed or changed object, and its changed fields. */

/** An object, settings or a page of the output, and the place where it takes effect. */
export interface Item {
  /** Name of the cluster, or another folder of the output such as `argocd`. Empty for files at the root of the output. */
  readonly cluster: string;
  /** Folder below the cluster: the layer that the object is applied with. */
  readonly layer?: string;
  /** API group, empty for the core group. Undefined for files that are not Kubernetes objects: Helm values, a page. */
  readonly group?: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  /** Path below the output folder. */
  readonly file: string;
  /** The whole object as plain data, or the text of a page. */
  readonly content: unknown;
}

/** A changed field. Each added or removed element of a list of scalars counts as one. */
export interface FieldChange {
  /** Keys from the root of the object. An element of a list is `[name]` or `[position]`, or `[]` if it is a scalar. */
  readonly path: FieldPath;
  /** Absent if the field was added. */
  readonly before?: unknown;
  /** Absent if the field was removed. */
  readonly after?: unknown;
}

/** Keys from the root of an object, such as `['spec', 'containers', '[spire-server]', 'image']`. */
export type FieldPath = readonly string[];

/** The key of any element in a list of scalars. Their positions are not compared. */
export const ELEMENT = '[]';

export type Action = 'added' | 'removed' | 'changed';

export interface Change {
  readonly action: Action;
  /** The new state, or the old state if it was removed. */
  readonly item: Item;
  /** Absent if it was added. */
  readonly before?: Item;
  /** Absent if it was removed. */
  readonly after?: Item;
  /** The changed fields. Empty if the object was added or removed. */
  readonly fields: readonly FieldChange[];
}

/** Whether a path begins with these keys. */
export function startsWith(path: FieldPath, ...keys: readonly string[]): boolean {
  return keys.every((key, index) => path[index] === key);
}

/** The path as text: `spec.containers[spire-server].image`. A key with unusual characters is quoted. */
export function fieldText(path: FieldPath): string {
  return path
    .map((key, index) =>
      key.startsWith('[') ? key : /^[\w-]+$/.test(key) ? `${index === 0 ? '' : '.'}${key}` : `[${JSON.stringify(key)}]`,
    )
    .join('');
}

/** `AuthorizationPolicy bookinfo/host-bookinfo`. */
export function itemText({ kind, namespace, name }: Item): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
