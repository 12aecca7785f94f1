/** Groups equal changes of objects of one kind, and clusters with equal changes, so that a reviewer reads them once. */

import type { AssessedChange } from './assess-risk';
import { type Item, itemText } from './change';
import { renderField } from './render-field';
import type { ReviewedCluster } from './review';

/** Changes of the same kind, namespace, action, reasons and fields. Never empty. */
export type ChangeGroup = readonly [AssessedChange, ...AssessedChange[]];

/** Groups changes. The order is that of the first change of each group. */
export function groupChanges(changes: readonly AssessedChange[]): readonly ChangeGroup[] {
  const groups = new Map<string, [AssessedChange, ...AssessedChange[]]>();
  for (const change of changes) {
    const key = keyOf(change);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [change]);
    else known.push(change);
  }
  return [...groups.values()];
}

function keyOf({ action, item, reasons, fields }: AssessedChange): string {
  const words = fields.map((field) => renderField(item, field));
  return JSON.stringify([action, item.kind, item.group, item.namespace, reasons, words]);
}

/** `PeerAuthentication bookinfo/bookinfo-details, bookinfo-ratings`. */
export function groupText([first, ...more]: ChangeGroup): string {
  return [itemText(first.item), ...more.map(({ item }) => item.name)].join(', ');
}

/** The files of the changed objects, without duplicates. */
export function groupFiles(group: ChangeGroup): readonly string[] {
  return [...new Set(group.map(({ item }: { readonly item: Item }) => item.file))];
}

export interface ClusterGroup {
  /** Sorted, never empty. */
  readonly names: readonly string[];
  /** The changes of the first cluster. The other clusters have the same. */
  readonly groups: readonly ChangeGroup[];
}

/** Groups clusters with the same changes, because an upgrade can change a hundred clusters in the same way. */
export function groupClusters(clusters: readonly ReviewedCluster[]): readonly ClusterGroup[] {
  const found = new Map<string, { readonly names: string[]; readonly groups: readonly ChangeGroup[] }>();
  for (const { name, changes } of clusters) {
    const groups = groupChanges(changes);
    const key = JSON.stringify(groups.map((group) => [groupText(group), keyOf(group[0])]));
    const known = found.get(key);
    if (known === undefined) found.set(key, { names: [name], groups });
    else known.names.push(name);
  }
  return [...found.values()];
}

/** `east, west and 3 more`. Files at the root of the output belong to the whole fleet. */
export function clusterTitle({ names }: ClusterGroup, most = 10): string {
  const shown = names.slice(0, most).map((name) => name || 'whole fleet');
  return names.length > most ? `${shown.join(', ')} and ${names.length - most} more` : shown.join(', ');
}
