/** Puts changes together that a reviewer reads as one: the same thing for the same reasons to several objects of a kind. */
import { type Item, itemText } from './change';
import { fieldWords } from './field-words';
import type { JudgedChange } from './judge';

/** Never empty; all have the same kind, namespace, action, reasons and fields. */
export type ChangeGroup = readonly [JudgedChange, ...JudgedChange[]];

/** In the order of the first of each. */
export function groupChanges(changes: readonly JudgedChange[]): readonly ChangeGroup[] {
  const groups = new Map<string, [JudgedChange, ...JudgedChange[]]>();
  for (const change of changes) {
    const key = keyOf(change);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [change]);
    else known.push(change);
  }
  return [...groups.values()];
}

function keyOf({ action, item, reasons, fields }: JudgedChange): string {
  const words = fields.map((field) => fieldWords(item, field));
  return JSON.stringify([action, item.kind, item.group, item.namespace, reasons, words]);
}

/** `PeerAuthentication bookinfo/bookinfo-details, bookinfo-ratings`. */
export function groupText([first, ...more]: ChangeGroup): string {
  return [itemText(first.item), ...more.map(({ item }) => item.name)].join(', ');
}

/** Files they stand in, each once. */
export function groupFiles(group: ChangeGroup): readonly string[] {
  return [...new Set(group.map(({ item }: { readonly item: Item }) => item.file))];
}
