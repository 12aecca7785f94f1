/** The definition of values that a schema leaves open: anything but null, which is never meant in a manifest. */

import type { JsonSchema } from './json-schema';

export const anyValue: JsonSchema = { $ref: '#/definitions/AnyValue' };

export const anyObject: JsonSchema = { type: 'object', additionalProperties: anyValue };

/** Definitions that every schema file carries. */
export const freeValueDefinitions: Readonly<Record<string, JsonSchema>> = {
  AnyValue: {
    type: ['array', 'boolean', 'number', 'object', 'string'],
    items: anyValue,
    additionalProperties: anyValue,
  },
};
