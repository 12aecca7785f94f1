/** Values that are there by construction. A missing one is a fault of this program, which the command line prints as an internal error. */

/**
 * Returns the value if there is one.
 * @param what the value, as the subject of a sentence, such as "the text of east/crds/spire.yaml"
 * @throws Error where the value is undefined
 */
export function required<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`${what} is missing`);
  return value;
}
