/** Settings of a plugin, made of the examples in its schema, so that each key and each choice is in at least one of them. */
import * as z from 'zod';

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly type?: string;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly minimum?: number;
}

type Written = Readonly<Record<string, unknown>>;

/** A value for a key somewhere below the settings. */
interface Addition {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** @throws Error if the schema accepts no settings with one of its keys, alone or beside one other key */
export function exampleSettings(settings: z.ZodType): readonly Written[] {
  const schema = z.toJSONSchema(settings, { io: 'input', unrepresentable: 'any' }) as Schema;
  const isAccepted = (written: Written): boolean => settings.safeParse(written).success;
  const least = requiredOf(schema);
  const additions = additionsTo(schema, []);
  const accepted = additions.map((addition) => {
    const alone = withAddition(schema, least, addition);
    const found = [
      alone,
      ...additions.map((beside) => withAddition(schema, withAddition(schema, least, beside), addition)),
    ].find(isAccepted);
    if (found === undefined) throw new Error(`no settings with ${addition.path.join('.')} are accepted`);
    return found;
  });
  const all = [...(isAccepted(least) ? [least] : []), ...accepted];
  return [...new Map(all.map((written) => [JSON.stringify(written), written])).values()];
}

function additionsTo(schema: Schema, path: readonly string[]): readonly Addition[] {
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap((one) => additionsTo(one, path));
  if (schema.properties !== undefined && Object.keys(schema.properties).length > 0) {
    return Object.entries(schema.properties).flatMap(([key, inner]) => additionsTo(inner, [...path, key]));
  }
  return path.length === 0 ? [] : valuesOf(schema).map((value) => ({ path, value }));
}

function valuesOf(schema: Schema): readonly unknown[] {
  const { const: constant, default: usual, minimum, type, items, additionalProperties } = schema;
  if (schema.enum !== undefined) return schema.enum;
  if (constant !== undefined) return [constant];
  if (schema.examples !== undefined && schema.examples.length > 0) return schema.examples;
  if (type === 'boolean') return [true, false];
  if (type === 'integer' || type === 'number') return [usual ?? minimum ?? 1];
  if (type === 'array') return [items === undefined ? [] : [firstOf(items)]];
  if (type === 'object') {
    return [typeof additionalProperties === 'object' ? { name: firstOf(additionalProperties) } : {}];
  }
  return [usual ?? 'example'];
}

function firstOf(schema: Schema): unknown {
  if (schema.anyOf?.[0] !== undefined) return firstOf(schema.anyOf[0]);
  return schema.properties === undefined ? valuesOf(schema)[0] : requiredOf(schema);
}

/** The keys that a schema requires, with their first examples. */
function requiredOf({ properties = {}, required = [] }: Schema): Written {
  return Object.fromEntries(required.map((key) => [key, firstOf(properties[key] ?? {})]));
}

function withAddition(schema: Schema, written: Written, { path, value }: Addition): Written {
  const [key = '', ...rest] = path;
  const inner = innerOf(schema, key);
  const before = { ...requiredOf(objectWith(schema, key)), ...written };
  if (rest.length === 0) return { ...before, [key]: value };
  const below = typeof before[key] === 'object' ? (before[key] as Written) : {};
  return { ...before, [key]: withAddition(inner, below, { path: rest, value }) };
}

/** The alternative of a schema that has a key. */
function objectWith(schema: Schema, key: string): Schema {
  return schema.anyOf?.find(({ properties = {} }) => key in properties) ?? schema;
}

function innerOf(schema: Schema, key: string): Schema {
  return objectWith(schema, key).properties?.[key] ?? {};
}
