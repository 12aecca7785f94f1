/** Sorts the keys of plain data, so that equal data renders as equal text. */

/** Returns the value with sorted keys and without undefined members. Returns the value itself if nothing changes. */
export function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? sortedList(value) : sortedMap(value as Readonly<Record<string, unknown>>);
}

function sortedList(list: readonly unknown[]): readonly unknown[] {
  const items = list.map(sorted);
  return items.every((item, index) => item === list[index]) ? list : items;
}

function sortedMap(map: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const keys = Object.keys(map);
  let isSame = isInOrder(keys);
  if (!isSame) keys.sort();
  const made: Record<string, unknown> = {};
  for (const key of keys) {
    const value = sorted(map[key]);
    if (value !== map[key] || value === undefined) isSame = false;
    if (value !== undefined) made[key] = value;
  }
  return isSame ? map : made;
}

function isInOrder(keys: readonly string[]): boolean {
  let last = '';
  for (const key of keys) {
    if (key < last) return false;
    last = key;
  }
  return true;
}
