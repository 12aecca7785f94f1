/** The types of a change of the output: an added, removed or changed object, and its changed fields. */

/** What a file of the output holds, and where it takes effect. */
export interface Item {
  /** Cluster, or the folder of the output where that is none: `argocd`, `partners`, or empty for the top. */
  readonly cluster: string;
  /** Folder below the cluster, which is the layer it is applied with. */
  readonly layer?: string;
  /** API group, empty for the core; `undefined` for what no API server takes: Helm values, a page. */
  readonly group?: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  /** Path below the output folder. */
  readonly file: string;
  /** All of it, as plain data; the text itself where it is a page. */
  readonly content: unknown;
}

/** A changed field. Each added or removed element of a list of scalars counts as one. */
export interface FieldChange {
  /** From the top of the object; an element of a list by its name, its position, or `-` for a scalar. */
  readonly path: FieldPath;
  /** Absent where the field came. */
  readonly before?: unknown;
  /** Absent where the field went. */
  readonly after?: unknown;
}

/** Keys from the top of an object, such as `['spec', 'containers', '[spire-server]', 'image']`. */
export type FieldPath = readonly string[];

/** An element of a list of scalars, whose position says nothing. */
export const ELEMENT = '[]';

export type Action = 'added' | 'removed' | 'changed';

export interface Change {
  readonly action: Action;
  /** What it is afterwards; what it was, if it was removed. */
  readonly item: Item;
  /** Absent where it came. */
  readonly before?: Item;
  /** Absent where it went. */
  readonly after?: Item;
  /** Empty unless it changed. */
  readonly fields: readonly FieldChange[];
}

/** Whether a path begins with these keys. */
export function startsWith(path: FieldPath, ...keys: readonly string[]): boolean {
  return keys.every((key, index) => path[index] === key);
}

/** As a person writes it: `spec.containers[spire-server].image`; a key that is no plain word stands in quotes. */
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
