/** Searches plain data for unwanted values and returns their paths. */

/** What was found, and its path inside the value: `/key/key`, or empty for the value itself. */
export interface FoundValue {
  readonly path: string;
  readonly reason: string;
}

/** Shared, because most values are fine. Paths are built only for unwanted values. */
const NOTHING: readonly FoundValue[] = [];

/** @param look returns what is wrong with a value; called for the whole value and for every value inside it */
export function findValues(value: unknown, look: (value: unknown) => string | undefined): readonly FoundValue[] {
  const reason = look(value);
  let found = reason === undefined ? NOTHING : [{ path: '', reason }];
  if (typeof value !== 'object' || value === null) return found;
  for (const key in value) {
    const inner = findValues((value as Readonly<Record<string, unknown>>)[key], look);
    if (inner !== NOTHING) found = [...found, ...inner.map((one) => ({ ...one, path: `/${key}${one.path}` }))];
  }
  return found;
}
