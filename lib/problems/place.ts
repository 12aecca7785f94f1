/** Where in a fleet file, or in another file, a problem is. */

/** Keys and list indices from the top of the fleet document to a value, such as `['clusters', 'east', 'trustDomain']`. */
export type FleetPath = readonly (string | number)[];

/** A point in a text file. Both numbers count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * Where in the fleet document a problem sits.
 * - `path` with `on: 'value'` (the default): the value at that path; if there is none, its nearest parent.
 * - `path` with `on: 'key'`: the key that leads to the value.
 * - `position`: a point that has no path, such as a syntax error.
 * - `file`: another file, as a whole or at a point.
 */
export type Place =
  | { readonly path: FleetPath; readonly on?: 'key' | 'value' }
  | { readonly position: Position; readonly length: number }
  | { readonly file: string; readonly position?: Position };
