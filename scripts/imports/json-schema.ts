/** The part of JSON Schema and OpenAPI that the pinned sources use, and where in it further schemas are found. */

export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

const mapsOfSchemas = ['properties', 'patternProperties', 'definitions'];
const listsOfSchemas = ['allOf', 'anyOf', 'oneOf'];
const singleSchemas = ['items', 'additionalProperties', 'not'];

/** The composition keywords: a schema below them restricts a value that another schema describes. */
export const compositionKeywords: readonly string[] = [...listsOfSchemas, 'not'];

export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Changes a schema found below `keyword`; `name` is the property it describes, or the keyword again. */
export type ChangeSchema = (below: JsonSchema, keyword: string, name: string) => JsonSchema;

/** Applies `change` to the schemas directly below one; other keywords and the names of properties stay as they are. */
export function mapSubschemas(schema: JsonSchema, change: ChangeSchema): JsonSchema {
  return mapEntries(schema, (value, keyword) => {
    if (mapsOfSchemas.includes(keyword) && isSchema(value)) {
      return mapEntries(value, (below, name) => (isSchema(below) ? change(below, keyword, name) : below));
    }
    if (listsOfSchemas.includes(keyword) && Array.isArray(value)) {
      return value.map((below) => (isSchema(below) ? change(below, keyword, keyword) : below));
    }
    return singleSchemas.includes(keyword) && isSchema(value) ? change(value, keyword, keyword) : value;
  });
}

/** Leaves out the keywords that `isUnwanted` names, at every depth. */
export function withoutKeywords(schema: JsonSchema, isUnwanted: (keyword: string) => boolean): JsonSchema {
  const kept = Object.fromEntries(Object.entries(schema).filter(([keyword]) => !isUnwanted(keyword)));
  return mapSubschemas(kept, (below) => withoutKeywords(below, isUnwanted));
}

function mapEntries(map: JsonSchema, change: (value: unknown, key: string) => unknown): JsonSchema {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key)]));
}
