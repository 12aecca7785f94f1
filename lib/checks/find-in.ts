/** Looks into plain data for what should not be there, and says where it is. */

/** A place in a value, as its keys after slashes, empty for the value itself, and what was found there. */
export interface Found {
  readonly path: string;
  readonly reason: string;
}

/** Almost always it is nothing: paths are put together only for what was found. */
const NOTHING: readonly Found[] = [];

/** @param look says what is wrong with a value, be it the whole or any that it holds */
export function findIn(value: unknown, look: (value: unknown) => string | undefined): readonly Found[] {
  const reason = look(value);
  let found = reason === undefined ? NOTHING : [{ path: '', reason }];
  if (typeof value !== 'object' || value === null) return found;
  for (const key in value) {
    const inner = findIn((value as Readonly<Record<string, unknown>>)[key], look);
    if (inner !== NOTHING) found = [...found, ...inner.map((one) => ({ ...one, path: `/${key}${one.path}` }))];
  }
  return found;
}
