/** Turns a Kubernetes schema, which lets unknown fields pass, into a JSON Schema that refuses them. */

import { anyValue } from './free-values';
import { compositionKeywords, isSchema, type JsonSchema, mapSubschemas } from './json-schema';

const checkedKeywords = new Set([
  ...compositionKeywords,
  ...['$ref', 'additionalProperties', 'enum', 'items', 'pattern', 'properties', 'required', 'type', 'uniqueItems'],
  ...['maximum', 'minimum', 'exclusiveMaximum', 'exclusiveMinimum', 'multipleOf'],
  ...['maxItems', 'minItems', 'maxLength', 'minLength', 'maxProperties', 'minProperties'],
]);

/**
 * Closes a schema at every depth.
 *
 * - an object refuses fields it does not name, unless the source keeps unknown fields
 * - a free-form value may be anything but null, at any depth
 * - below allOf, anyOf, oneOf and not nothing is closed: those schemas name some of the fields only
 * - keywords that JSON Schema does not check (defaults, formats, CEL rules) are left out
 */
export function closeSchema(schema: JsonSchema): JsonSchema {
  if (isFreeForm(schema)) return anyValue;
  const below = mapSubschemas(schema, (sub, keyword) =>
    compositionKeywords.includes(keyword) ? keepChecked(sub) : closeSchema(sub),
  );
  return keepKeywords(withType(below, closedProperties(schema, below)));
}

function isFreeForm(schema: JsonSchema): boolean {
  const describes = ['type', '$ref', 'properties', ...compositionKeywords, 'x-kubernetes-int-or-string'];
  return !describes.some((keyword) => keyword in schema);
}

function closedProperties(schema: JsonSchema, below: JsonSchema): unknown {
  if (schema.type !== 'object' && !('properties' in schema)) return undefined;
  if (schema.additionalProperties === true || schema['x-kubernetes-preserve-unknown-fields'] === true) return anyValue;
  return below.additionalProperties ?? false;
}

function withType(schema: JsonSchema, additionalProperties: unknown): JsonSchema {
  if (schema['x-kubernetes-int-or-string'] === true || schema.format === 'int-or-string') {
    const { anyOf: _anyOf, ...rest } = schema;
    return { ...rest, type: ['integer', 'string'] };
  }
  const type = schema.nullable === true ? [schema.type, 'null'] : schema.type;
  return {
    ...schema,
    ...(type === undefined ? {} : { type }),
    ...(additionalProperties === undefined ? {} : { additionalProperties }),
  };
}

function keepChecked(schema: JsonSchema): JsonSchema {
  return keepKeywords(mapSubschemas(schema, keepChecked));
}

function keepKeywords(schema: JsonSchema): JsonSchema {
  checkPattern(schema.pattern);
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => checkedKeywords.has(keyword)));
}

/** Patterns are written for Go; one that JavaScript reads differently must be looked at by a person. */
function checkPattern(pattern: unknown): void {
  if (typeof pattern === 'string') new RegExp(pattern, 'u');
  if (isSchema(pattern)) throw new Error('a property named pattern was taken for a keyword');
}
