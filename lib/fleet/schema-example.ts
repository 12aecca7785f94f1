/** Makes an example value for a key, from the examples, the default and the limits in its schema. */
import { stringify } from 'yaml';
import * as z from 'zod';
import type { FleetPath } from '../problems/problem';
import { fleetSchema } from './schema';

/** The part of JSON Schema that the fleet schema uses. */
export interface SchemaNode {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly propertyNames?: SchemaNode;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
}

/** An example in one line of YAML. Undefined for a map with fixed keys, since each of its keys has its own example. */
export function exampleOf(node: SchemaNode): string | undefined {
  const value = valueFor(node);
  return value === undefined ? undefined : inOneLine(value);
}

/** Made on first use, since most fleets need no example. */
let wholeSchema: SchemaNode | undefined;

/** An example of the value at a path of the fleet, a map with fixed keys included. Undefined for a path without a key. */
export function exampleAt(path: FleetPath): string | undefined {
  wholeSchema ??= z.toJSONSchema(fleetSchema, { io: 'input', reused: 'inline' }) as SchemaNode;
  const node = path.reduce<SchemaNode | undefined>((outer, step) => outer && inside(outer, step), wholeSchema);
  const value = node && (valueFor(node) ?? mapFor(node));
  return value === undefined ? undefined : inOneLine(value);
}

function inOneLine(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', flowCollectionPadding: true, lineWidth: 0 }).trim();
}

function inside(node: SchemaNode, step: string | number): SchemaNode | undefined {
  const { properties = {}, additionalProperties, items, anyOf = [] } = node;
  if (typeof step === 'number' && items !== undefined) return items;
  if (Object.hasOwn(properties, step)) return properties[step];
  if (typeof additionalProperties === 'object') return additionalProperties;
  return anyOf.map((one) => inside(one, step)).find((one) => one !== undefined);
}

/** An example of a map: its required keys, or its first key if none is required. */
function mapFor(node: SchemaNode): unknown {
  const { properties, required = [], items, additionalProperties, propertyNames, anyOf = [] } = node;
  const example = (of: SchemaNode = {}): unknown => valueFor(of) ?? mapFor(of);
  if (properties !== undefined) {
    const keys = required.length > 0 ? required : Object.keys(properties).slice(0, 1);
    return Object.fromEntries(keys.map((key) => [key, example(properties[key])]));
  }
  if (items !== undefined) return [example(items)];
  if (typeof additionalProperties === 'object') {
    return { [String(valueFor(propertyNames ?? {}))]: example(additionalProperties) };
  }
  return anyOf.map(mapFor).find((value) => value !== undefined);
}

function valueFor(node: SchemaNode): unknown {
  const { examples, enum: choices, type, items, additionalProperties, propertyNames, anyOf = [] } = node;
  if (type === 'integer' && node.default !== undefined) return node.default;
  if (examples !== undefined) return examples[0];
  // Prefer a value that differs from the default, since it shows more.
  if (choices !== undefined) return choices.find((choice) => choice !== node.default);
  if (type === 'boolean') return node.default !== true;
  if (items !== undefined) return listFor(node, valueFor(items));
  if (typeof additionalProperties === 'object') {
    const [name, value] = [valueFor(propertyNames ?? {}), valueFor(additionalProperties)];
    return typeof name === 'string' && value !== undefined ? { [name]: value } : undefined;
  }
  const [first] = anyOf
    .map((one) => valueFor({ default: node.default, ...one }))
    .filter((value) => value !== undefined);
  return first ?? node.default ?? node.minimum;
}

function listFor({ default: usual }: SchemaNode, entry: unknown): unknown {
  return usual ?? (entry === undefined ? undefined : [entry]);
}
