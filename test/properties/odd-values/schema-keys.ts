/** Walks the JSON Schema of a fleet: every key that a person can write, present and future. */
import { renderFleetJsonSchema } from '../../../lib/fleet/json-schema';

/** What of JSON Schema the fleet's schema is written in. */
export interface JsonSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly minItems?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly propertyNames?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly $ref?: string;
}

/** Any name of a map, and any element of a list. */
export const NAME = '*';
export const ELEMENT = '[]';

/** A place of the schema. */
export interface SchemaKey {
  /** Keys, NAME and ELEMENT from the top of a fleet. */
  readonly path: readonly string[];
  /** What may stand there; several where the schema has alternatives. */
  readonly schemas: readonly JsonSchema[];
}

export const pathText = (path: readonly string[]): string => path.join('.');

/** Every place below the top of a fleet, in the order of the schema. */
export function schemaKeys(): readonly SchemaKey[] {
  const found = new Map<string, SchemaKey>();
  collect(JSON.parse(renderFleetJsonSchema()) as JsonSchema, [], found);
  found.delete('');
  return [...found.values()];
}

function collect(schema: JsonSchema, path: readonly string[], found: Map<string, SchemaKey>): void {
  if (schema.$ref !== undefined) throw new Error(`${pathText(path)} is a reference, which this walk does not follow`);
  const before = found.get(pathText(path))?.schemas ?? [];
  found.set(pathText(path), { path, schemas: [...before, schema] });
  for (const alternative of alternativesOf(schema)) collect(alternative, path, found);
  for (const [step, inner] of stepsOf(schema)) collect(inner, [...path, step], found);
}

export const alternativesOf = ({ anyOf = [], oneOf = [] }: JsonSchema): readonly JsonSchema[] => [...anyOf, ...oneOf];

function stepsOf({
  properties = {},
  additionalProperties,
  items,
}: JsonSchema): readonly (readonly [string, JsonSchema])[] {
  return [
    ...Object.entries(properties),
    ...(typeof additionalProperties === 'object' ? [[NAME, additionalProperties] as const] : []),
    ...(items === undefined ? [] : [[ELEMENT, items] as const]),
  ];
}

/** A value that the schema allows, made of its examples. */
export function sampleOf(schema: JsonSchema): unknown {
  const { examples, default: byDefault, type, minimum = 1, minItems = 1, items = {}, required = [] } = schema;
  const given = [schema.const, byDefault, examples?.[0], schema.enum?.[0]].find((value) => value !== undefined);
  if (given !== undefined) return given;
  const [alternative] = alternativesOf(schema);
  if (alternative !== undefined) return sampleOf(alternative);
  switch (type) {
    case 'boolean':
      return true;
    case 'integer':
    case 'number':
      return minimum;
    case 'array':
      return Array.from({ length: Math.max(1, minItems) }, () => sampleOf(items));
    case 'object':
      return Object.fromEntries([
        ...required.map((key) => [key, sampleOf(schema.properties?.[key] ?? {})]),
        ...(typeof schema.additionalProperties === 'object'
          ? [[String(sampleOf(schema.propertyNames ?? {})), sampleOf(schema.additionalProperties)]]
          : []),
      ]);
    default:
      return 'a text of ten letters';
  }
}
