/** Holds values against the part of JSON Schema that `imports/` is written in; compiling validators would take longer than a small fleet. */

/** A schema as far as it is understood; any other keyword is refused when it is first met. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly allOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly not?: JsonSchema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

const KEYWORDS: ReadonlySet<string> = new Set<keyof JsonSchema>([
  ...(['$ref', 'type', 'const', 'enum', 'allOf', 'anyOf', 'oneOf', 'not', 'required', 'properties'] as const),
  ...(['additionalProperties', 'minProperties', 'maxProperties', 'items', 'minItems', 'maxItems'] as const),
  ...(['minLength', 'maxLength', 'pattern', 'minimum', 'maximum'] as const),
]);

/** Where a value is wrong, and what is: the path is that of a JSON pointer, the empty one of the value itself. */
export interface SchemaFault {
  readonly path: string;
  readonly message: string;
}

type Found = SchemaFault | undefined;

// For schemas that say nothing of them: objects are checked by the thousand.
const NONE: readonly string[] = [];
const NO_PROPERTIES: NonNullable<JsonSchema['properties']> = {};

export class SchemaCheck {
  private readonly understood = new WeakSet<JsonSchema>();
  private readonly referred = new Map<string, JsonSchema>();
  private readonly patterns = new Map<string, RegExp>();

  /** @param definitions what `#/definitions/NAME` refers to */
  constructor(private readonly definitions: Readonly<Record<string, JsonSchema>>) {}

  /** The first fault of a value, or undefined if it is valid. */
  fault(value: unknown, schema: JsonSchema): Found {
    if (!this.understood.has(schema)) this.understand(schema);
    return (
      (schema.$ref === undefined ? undefined : this.fault(value, this.definition(schema.$ref))) ??
      checkType(value, schema) ??
      checkValue(value, schema) ??
      this.checkCombined(value, schema) ??
      this.checkContent(value, schema)
    );
  }

  /** A keyword that is passed over would be a check that is lost without a word. */
  private understand(schema: JsonSchema): void {
    const unknown = Object.keys(schema).find((keyword) => !KEYWORDS.has(keyword));
    if (unknown !== undefined) throw new Error(`imports/ uses the schema keyword ${unknown}, which nothing checks`);
    this.understood.add(schema);
  }

  private definition(reference: string): JsonSchema {
    const known = this.referred.get(reference);
    if (known !== undefined) return known;
    const found = this.definitions[reference.replace('#/definitions/', '')];
    if (found === undefined) throw new Error(`imports/ has no schema ${reference}`);
    this.referred.set(reference, found);
    return found;
  }

  private checkCombined(value: unknown, { allOf, anyOf, oneOf, not }: JsonSchema): Found {
    // Most schemas combine none.
    if (allOf === undefined && anyOf === undefined && oneOf === undefined && not === undefined) return undefined;
    const holds = (schema: JsonSchema): boolean => this.fault(value, schema) === undefined;
    if (anyOf !== undefined && !anyOf.some(holds)) return wrong('must match a schema in anyOf');
    if (oneOf !== undefined && oneOf.filter(holds).length !== 1) return wrong('must match exactly one schema in oneOf');
    if (not !== undefined && holds(not)) return wrong('must NOT be valid');
    return first(allOf ?? [], (schema) => this.fault(value, schema));
  }

  private checkContent(value: unknown, schema: JsonSchema): Found {
    if (typeof value === 'string') return this.checkText(value, schema);
    if (typeof value !== 'object' || value === null) return undefined;
    return Array.isArray(value)
      ? this.checkItems(value, schema)
      : this.checkMembers(value as Readonly<Record<string, unknown>>, schema);
  }

  private checkText(value: string, { minLength, maxLength, pattern }: JsonSchema): Found {
    if (minLength !== undefined || maxLength !== undefined) {
      const { length } = [...value];
      if (length < (minLength ?? 0)) return wrong(`must NOT have fewer than ${minLength} characters`);
      if (length > (maxLength ?? Infinity)) return wrong(`must NOT have more than ${maxLength} characters`);
    }
    if (pattern === undefined) return undefined;
    const expression = this.patterns.get(pattern) ?? new RegExp(pattern, 'u');
    this.patterns.set(pattern, expression);
    return expression.test(value) ? undefined : wrong(`must match pattern "${pattern}"`);
  }

  private checkItems(value: readonly unknown[], { items, minItems = 0, maxItems = Infinity }: JsonSchema): Found {
    if (value.length < minItems) return wrong(`must NOT have fewer than ${minItems} items`);
    if (value.length > maxItems) return wrong(`must NOT have more than ${maxItems} items`);
    if (items === undefined) return undefined;
    for (let index = 0; index < value.length; index++) {
      const found = this.fault(value[index], items);
      if (found !== undefined) return below(index, found);
    }
    return undefined;
  }

  private checkMembers(value: Readonly<Record<string, unknown>>, schema: JsonSchema): Found {
    const {
      required = NONE,
      properties = NO_PROPERTIES,
      additionalProperties = true,
      minProperties,
      maxProperties,
    } = schema;
    const missing = required.find((key) => value[key] === undefined);
    if (missing !== undefined) return wrong(`must have required property '${missing}'`);
    const keys = Object.keys(value);
    if (keys.length < (minProperties ?? 0)) return wrong(`must NOT have fewer than ${minProperties} properties`);
    if (keys.length > (maxProperties ?? Infinity)) return wrong(`must NOT have more than ${maxProperties} properties`);
    for (const key of keys) {
      const member = Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
      if (member === true || member === undefined) continue;
      if (member === false) return wrong(`must NOT have additional properties "${key}"`);
      const found = this.fault(value[key], member);
      if (found !== undefined) return below(key, found);
    }
    return undefined;
  }
}

function wrong(message: string): SchemaFault {
  return { path: '', message };
}

function below(step: string | number, { path, message }: SchemaFault): SchemaFault {
  return { path: `/${step}${path}`, message };
}

function first<Item>(items: readonly Item[], check: (item: Item) => Found): Found {
  for (const item of items) {
    const found = check(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function checkType(value: unknown, { type }: JsonSchema): Found {
  if (type === undefined) return undefined;
  const isFit = typeof type === 'string' ? isOfType(value, type) : type.some((one) => isOfType(value, one));
  return isFit ? undefined : wrong(`must be ${typeof type === 'string' ? type : type.join(',')}`);
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return Number.isFinite(value);
    case 'null':
      return value === null;
    case 'string':
      return typeof value === 'string';
    default:
      return type === 'boolean' && typeof value === 'boolean';
  }
}

function checkValue(value: unknown, schema: JsonSchema): Found {
  const { const: only, enum: allowed, minimum = -Infinity, maximum = Infinity } = schema;
  if (only !== undefined && !isEqual(only, value)) return wrong('must be equal to constant');
  if (allowed !== undefined && !allowed.some((one) => isEqual(one, value))) {
    return wrong('must be equal to one of the allowed values');
  }
  if (typeof value !== 'number') return undefined;
  if (value < minimum) return wrong(`must be >= ${minimum}`);
  return value > maximum ? wrong(`must be <= ${maximum}`) : undefined;
}

function isEqual(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
