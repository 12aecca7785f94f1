/** Follows `$ref` from some schemas to all definitions they need. */

import { type JsonSchema, mapSubschemas } from './json-schema';

const prefix = '#/definitions/';

/** The definitions among `all` that `roots` refer to, directly or through others. */
export function reachableDefinitions(
  roots: readonly JsonSchema[],
  all: Readonly<Record<string, JsonSchema>>,
): Readonly<Record<string, JsonSchema>> {
  const reached = new Map<string, JsonSchema>();
  const visit = (schema: JsonSchema): JsonSchema => {
    const name = typeof schema.$ref === 'string' ? schema.$ref.slice(prefix.length) : undefined;
    if (name !== undefined && !reached.has(name)) {
      const definition = all[name];
      if (definition === undefined) throw new Error(`no definition is named ${name}`);
      reached.set(name, definition);
      visit(definition);
    }
    return mapSubschemas(schema, visit);
  };
  roots.forEach(visit);
  return Object.fromEntries(reached);
}
