/** Makes an example of the value of a key out of the examples, the default and the limits in its schema. */
import { stringify } from 'yaml';
import type { SchemaNode } from './render-fleet-page';

/** In one line of YAML. Undefined for a map with fixed keys, whose keys have examples of their own. */
export function exampleOf(node: SchemaNode): string | undefined {
  const value = valueFor(node);
  return value === undefined
    ? undefined
    : stringify(value, { collectionStyle: 'flow', flowCollectionPadding: true, lineWidth: 0 }).trim();
}

function valueFor(node: SchemaNode): unknown {
  const { examples, enum: choices, type, items, additionalProperties, propertyNames, anyOf = [] } = node;
  if (type === 'integer' && node.default !== undefined) return node.default;
  if (examples !== undefined) return examples[0];
  // A value that changes something tells more than the default.
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
