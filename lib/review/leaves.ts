/** Takes a field that came or went with all below it apart, so that a rule sees each key by itself. */
import { ELEMENT, type FieldChange } from './change';
import { isMap, structureOf } from './compare-fields';

/**
 * The innermost fields of one that came or went.
 * - An element of a list has no name of its own here, whatever it holds.
 * - Text that is YAML in itself is taken apart too, as where it changes.
 * - A map in whose place stands a value, or nothing after its colon, went as well; a value that became another is its own.
 */
export function leavesOf(field: FieldChange): readonly FieldChange[] {
  const { path, before, after } = field;
  if (before !== undefined && after !== undefined) {
    const [one, other] = [partsOf(before), partsOf(after)];
    if (one.shape === other.shape) return [field];
    return [
      ...(before === null ? [] : leavesOf({ path, before })),
      ...(after === null ? [] : leavesOf({ path, after })),
    ];
  }
  const side = before === undefined ? 'after' : 'before';
  const { parts } = partsOf(field[side]);
  return parts.length === 0
    ? [field]
    : parts.flatMap(([key, value]) => leavesOf({ path: [...path, key], [side]: value }));
}

interface Parts {
  readonly shape: 'list' | 'map' | 'value';
  readonly parts: readonly (readonly [key: string, value: unknown])[];
}

function partsOf(value: unknown): Parts {
  const structure = typeof value === 'string' ? structureOf(value) : value;
  if (Array.isArray(structure))
    return { shape: 'list', parts: structure.map((element) => [ELEMENT, element] as const) };
  return isMap(structure) ? { shape: 'map', parts: Object.entries(structure) } : { shape: 'value', parts: [] };
}
