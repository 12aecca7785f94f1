/** Variables that the configuration of a plugin refers to. */

interface Reference {
  /** As it is written, such as `$NAME` or `${NAME}`. */
  readonly written: string;
  readonly name: string;
}

/**
 * References to names in capitals, which variables have. Any other dollar sign, such as in a regular expression, is none.
 * @param value data in any depth
 */
export function variablesIn(value: unknown): readonly Reference[] {
  if (typeof value === 'string') {
    return [...value.matchAll(/\$\{([A-Z][A-Z0-9_]*)\}|\$([A-Z][A-Z0-9_]*)/g)].map(([written, inBraces, plain]) => ({
      written,
      name: inBraces ?? plain ?? '',
    }));
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(variablesIn);
}
