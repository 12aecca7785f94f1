/** The form of the files under imports/schemas, which all emitted objects are checked against. */

import { isSchema, type JsonSchema } from './json-schema';
import { compare } from './sources';

export interface SchemaFile {
  readonly definitions: Readonly<Record<string, JsonSchema>>;
  /** From `<apiVersion>/<kind>` to the reference of its definition. */
  readonly kinds: Readonly<Record<string, string>>;
}

export interface KindOfObject {
  readonly apiVersion: string;
  readonly kind: string;
}

/** The name of the definition of whole objects of a kind, such as `apps.v1.Deployment`. */
export function definitionName({ apiVersion, kind }: KindOfObject): string {
  return `${apiVersion.replace('/', '.')}.${kind}`;
}

export function kindEntry(object: KindOfObject): readonly [string, string] {
  return [`${object.apiVersion}/${object.kind}`, `#/definitions/${definitionName(object)}`];
}

/**
 * Makes a closed schema one of whole objects.
 *
 * - apiVersion and kind are pinned, and required along with metadata
 * - status is refused: only controllers write it
 */
export function pinKind(schema: JsonSchema, { apiVersion, kind }: KindOfObject, metadata: JsonSchema): JsonSchema {
  const { status: _status, ...properties } = isSchema(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? schema.required : [];
  return {
    ...schema,
    required: [...new Set(['apiVersion', 'kind', 'metadata', ...required])],
    properties: { ...properties, apiVersion: { const: apiVersion }, kind: { const: kind }, metadata },
  };
}

/** Renders one definition per line: small, and a change of one definition is a change of one line. */
export function renderSchemaFile({ definitions, kinds }: SchemaFile): string {
  return `{\n"definitions": ${renderLines(definitions)},\n"kinds": ${renderLines(kinds)}\n}\n`;
}

function renderLines(map: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(map).sort(([a], [b]) => compare(a, b));
  return `{\n${entries.map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`).join(',\n')}\n}`;
}
