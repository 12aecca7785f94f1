/** Splits an added or removed field into its innermost fields, so that a rule sees each key by itself. */
import { ELEMENT, type FieldChange } from './change';
import { isMap, structureOf } from './compare-fields';

/**
 * The innermost fields of an added or removed field.
 * - All elements of a list have the same key.
 * - Text that is itself YAML is split too.
 * - A map that a value or null replaces counts as removed. A value that another value replaces stays one field.
 */
export function leafFieldsOf(field: FieldChange): readonly FieldChange[] {
  const { path, before, after } = field;
  if (before !== undefined && after !== undefined) {
    const [one, other] = [partsOf(before), partsOf(after)];
    if (one.shape === other.shape) return [field];
    return [
      ...(before === null ? [] : leafFieldsOf({ path, before })),
      ...(after === null ? [] : leafFieldsOf({ path, after })),
    ];
  }
  const side = before === undefined ? 'after' : 'before';
  const { parts } = partsOf(field[side]);
  return parts.length === 0
    ? [field]
    : parts.flatMap(([key, value]) => leafFieldsOf({ path: [...path, key], [side]: value }));
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
