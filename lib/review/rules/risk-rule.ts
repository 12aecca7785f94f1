/** Says what a rule of risk is: a kind of change, how to see it, and what it can break. */
import type { Change, FieldChange, Item } from '../change';
import { startsWith } from '../change';
import { isMap } from '../compare-fields';
import { leavesOf } from '../leaves';
import type { ReviewedTrees } from '../reviewed-trees';
import type { Risk } from '../risk';

export interface RiskRule {
  /** Names it in docs/rules.md and for machines. */
  readonly name: string;
  readonly risk: Risk;
  /** What it looks for. */
  readonly looksFor: string;
  /** What happens where nobody notices. */
  readonly why: string;
  /** Reasons why the change carries the risk, each without a capital and a full stop; empty where it does not. */
  readonly judge: (change: LeafedChange, trees: ReviewedTrees) => readonly string[];
}

/** A change as rules see it. */
export interface LeafedChange extends Change {
  /** Its fields, and of one that came or went all that it held: no key hides in a map that went with it. */
  readonly leaves: readonly FieldChange[];
}

/** Innermost changed fields below these keys. */
export function fieldsBelow({ leaves }: LeafedChange, ...keys: readonly string[]): readonly FieldChange[] {
  return leaves.filter(({ path }) => startsWith(path, ...keys));
}

/** Innermost changed fields whose path has one of these keys anywhere. */
export function fieldsNamed({ leaves }: LeafedChange, ...names: readonly string[]): readonly FieldChange[] {
  return leaves.filter(({ path }) => path.some((key) => names.includes(key)));
}

/** Innermost fields that are another than before, and of an object that came all that it holds. */
export function newFields(change: LeafedChange): readonly FieldChange[] {
  if (change.action === 'added') return leavesOf({ path: [], after: change.item.content });
  return change.leaves;
}

/** Labels and annotations that come, go or change; of an object that came, all of them. */
export function metadataKeys(
  change: LeafedChange,
): readonly { readonly key: string; readonly action: 'comes' | 'goes' | 'changes' }[] {
  const fields =
    change.action === 'added'
      ? leavesOf({ path: ['metadata'], after: valueAt(change.item, 'metadata') })
      : change.leaves;
  return ['labels', 'annotations'].flatMap((kind) =>
    fields
      .filter(({ path }) => startsWith(path, 'metadata', kind) && path[2] !== undefined)
      .map(({ path, before, after }) => ({
        key: path[2] ?? '',
        action: before === undefined ? 'comes' : after === undefined ? 'goes' : 'changes',
      })),
  );
}

/** Whether an object came or went, or something of it changed that is more than a label or an annotation. */
export function isSubstantial(change: LeafedChange): boolean {
  return change.action !== 'changed' || substance(change).length > 0;
}

/** Changed fields that are more than what an object says of itself. */
export function substance({ leaves }: LeafedChange): readonly FieldChange[] {
  return leaves.filter(
    ({ path }) => !startsWith(path, 'metadata', 'labels') && !startsWith(path, 'metadata', 'annotations'),
  );
}

export function isOneOf({ kind, group }: Item, kinds: Readonly<Record<string, readonly string[]>>): boolean {
  return Object.hasOwn(kinds, kind) && (kinds[kind]?.includes(group ?? '') ?? false);
}

/** A value inside an object; undefined where the way ends before. */
export function valueAt(item: Item | undefined, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined),
    item?.content,
  );
}

/** The elements of a list inside an object, whatever somebody wrote in its place; one that is no map is an empty one. */
export function mapsAt(
  item: Item | undefined,
  ...keys: readonly string[]
): readonly Readonly<Record<string, unknown>>[] {
  const list = valueAt(item, ...keys);
  return Array.isArray(list) ? list.map((element: unknown) => (isMap(element) ? element : {})) : [];
}

/** Some values as a person reads them, a few of many. */
export function listed(values: readonly unknown[], most = 5): string {
  const texts = [...new Set(values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))))];
  const rest = texts.length - most;
  return rest > 0 ? `${texts.slice(0, most).join(', ')} and ${rest} more` : texts.join(', ');
}
