/** The type of a risk rule: a kind of change, how it is detected and what it can break. Also helpers to look into a change. */
import type { Change, FieldChange, Item } from '../change';
import { startsWith } from '../change';
import { isMap } from '../compare-fields';
import { leafFieldsOf } from '../leaf-fields';
import type { ReviewedTrees } from '../reviewed-trees';
import type { Risk } from '../risk';

export interface RiskRule {
  /** Its name in docs/rules.md and in machine-readable output. */
  readonly name: string;
  readonly risk: Risk;
  /** The kind of change that it detects. */
  readonly looksFor: string;
  /** What can break if nobody notices the change. */
  readonly why: string;
  /** Reasons why the change carries the risk, each without a capital letter and a full stop. Empty if it does not. */
  readonly assess: (change: ChangeWithLeaves, trees: ReviewedTrees) => readonly string[];
}

/** A change, with its fields split as rules need them. */
export interface ChangeWithLeaves extends Change {
  /** The innermost changed fields. An added or removed map is split, so that no rule misses a key inside it. */
  readonly leaves: readonly FieldChange[];
}

/** Innermost changed fields below these keys. */
export function fieldsBelow({ leaves }: ChangeWithLeaves, ...keys: readonly string[]): readonly FieldChange[] {
  return leaves.filter(({ path }) => startsWith(path, ...keys));
}

/** Innermost changed fields whose path has one of these keys anywhere. */
export function fieldsNamed({ leaves }: ChangeWithLeaves, ...names: readonly string[]): readonly FieldChange[] {
  return leaves.filter(({ path }) => path.some((key) => names.includes(key)));
}

/** Innermost changed fields; of an added object, all its fields. */
export function newFields(change: ChangeWithLeaves): readonly FieldChange[] {
  if (change.action === 'added') return leafFieldsOf({ path: [], after: change.item.content });
  return change.leaves;
}

/** Labels and annotations that come, go or change; of an added object, all of them. */
export function metadataKeys(
  change: ChangeWithLeaves,
): readonly { readonly key: string; readonly action: 'is added' | 'is removed' | 'changes' }[] {
  const fields =
    change.action === 'added'
      ? leafFieldsOf({ path: ['metadata'], after: valueAt(change.item, 'metadata') })
      : change.leaves;
  return ['labels', 'annotations'].flatMap((kind) =>
    fields.flatMap(({ path, before, after }) => {
      const [, , key] = path;
      if (!startsWith(path, 'metadata', kind) || key === undefined) return [];
      return [{ key, action: before === undefined ? 'is added' : after === undefined ? 'is removed' : 'changes' }];
    }),
  );
}

/** Whether an object was added or removed, or anything but labels and annotations changed. */
export function isSubstantial(change: ChangeWithLeaves): boolean {
  return change.action !== 'changed' || substance(change).length > 0;
}

/** Changed fields other than labels and annotations. */
export function substance({ leaves }: ChangeWithLeaves): readonly FieldChange[] {
  return leaves.filter(
    ({ path }) => !startsWith(path, 'metadata', 'labels') && !startsWith(path, 'metadata', 'annotations'),
  );
}

export function isOneOf({ kind, group }: Item, kinds: Readonly<Record<string, readonly string[]>>): boolean {
  return Object.hasOwn(kinds, kind) && (kinds[kind]?.includes(group ?? '') ?? false);
}

/** The value at a path inside an object; undefined if there is none. */
export function valueAt(item: Item | undefined, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined),
    item?.content,
  );
}

/** The elements of a list inside an object; empty if it is no list. An element that is not a map becomes an empty map. */
export function mapsAt(
  item: Item | undefined,
  ...keys: readonly string[]
): readonly Readonly<Record<string, unknown>>[] {
  const list = valueAt(item, ...keys);
  return Array.isArray(list) ? list.map((element: unknown) => (isMap(element) ? element : {})) : [];
}

/** A list of values for a sentence, shortened to `most` entries. */
export function listed(values: readonly unknown[], most = 5): string {
  const texts = [...new Set(values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))))];
  const rest = texts.length - most;
  return rest > 0 ? `${texts.slice(0, most).join(', ')} and ${rest} more` : texts.join(', ');
}
