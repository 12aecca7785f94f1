/** Finds the fields in which two objects differ. Configuration in the text of a ConfigMap is compared field by field too. */
import { parse } from 'yaml';
import { ELEMENT, type FieldChange, type FieldPath } from './change';

type Fields = Readonly<Record<string, unknown>>;

/** A field of keys and certificates. It is compared as one value; an annotation shows the fingerprints. */
const BUNDLE = 'trustDomainBundle';

/** The differences in the order of the object. Empty if the values are the same. */
export function compareFields(before: unknown, after: unknown, path: FieldPath = []): readonly FieldChange[] {
  if (isSame(before, after)) return [];
  if (isMap(before) && isMap(after)) return compareMaps(before, after, path);
  if (Array.isArray(before) && Array.isArray(after)) return compareLists(before, after, path);
  if (typeof before === 'string' && typeof after === 'string' && path.at(-1) !== BUNDLE) {
    const [one, other] = [structureOf(before), structureOf(after)];
    const inside = one === undefined || other === undefined ? [] : compareFields(one, other, path);
    // If the structures are the same, the texts differ in spelling, which is reported below as one field.
    if (inside.length > 0) return inside;
  }
  return [{ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
}

function compareMaps(before: Fields, after: Fields, path: FieldPath): readonly FieldChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => compareFields(before[key], after[key], [...path, key]));
}

function compareLists(before: readonly unknown[], after: readonly unknown[], path: FieldPath): readonly FieldChange[] {
  const [named, namedAfter] = [namesOf(before), namesOf(after)];
  if (named !== undefined && namedAfter !== undefined) {
    const names = [...new Set([...named.keys(), ...namedAfter.keys()])];
    const inside = names.flatMap((name) =>
      compareFields(named.get(name), namedAfter.get(name), [...path, `[${name}]`]),
    );
    return inside.length > 0 ? inside : [{ path, before, after }];
  }
  const [gone, come] = [without(before, after), without(after, before)];
  if (gone.length === 0 && come.length === 0) return [{ path, before, after }];
  if ([...gone, ...come].every((element) => typeof element !== 'object' || element === null)) {
    return [
      ...gone.map((element) => ({ path: [...path, ELEMENT], before: element })),
      ...come.map((element) => ({ path: [...path, ELEMENT], after: element })),
    ];
  }
  return Array.from({ length: Math.max(gone.length, come.length) }, (_, index) => {
    const position = (come[index] === undefined ? before : after).indexOf(come[index] ?? gone[index]);
    return compareFields(gone[index], come[index], [...path, `[${position}]`]);
  }).flat();
}

/** Elements by name, if every element has a unique name: containers, volumes, ports. */
function namesOf(list: readonly unknown[]): ReadonlyMap<string, unknown> | undefined {
  const names = list.map((element) => (isMap(element) ? element.name : undefined));
  const unique = new Set(names).size === list.length;
  return unique && list.length > 0 && names.every((name) => typeof name === 'string')
    ? new Map(list.map((element, index) => [String(names[index]), element]))
    : undefined;
}

/** The elements that the other list lacks. Duplicates are counted. */
function without(list: readonly unknown[], other: readonly unknown[]): readonly unknown[] {
  const rest = other.map((element) => JSON.stringify(element));
  return list.filter((element) => {
    const index = rest.indexOf(JSON.stringify(element));
    if (index >= 0) rest.splice(index, 1);
    return index < 0;
  });
}

/** The content of a multi-line text that is JSON or YAML. Undefined for other texts. */
export function structureOf(text: string): unknown {
  if (!text.includes('\n') || text.includes('-----BEGIN')) return undefined;
  try {
    const value: unknown = parse(text, { logLevel: 'silent' });
    return isMap(value) || Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isMap(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Deep equality. The order of keys does not matter. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((element, index) => isSame(element, other[index]));
  }
  if (!isMap(one) || !isMap(other)) return false;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => key in other && isSame(one[key], other[key]));
}
