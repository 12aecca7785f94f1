/** Validates values with the subset of JSON Schema that `imports/` uses. Compiles each part on first use: compiling all takes longer than a small fleet. */

/** The supported keywords of a schema. Any other keyword throws on first use. */
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

/** A fault of a value. The path is a JSON pointer, empty for the value itself. */
export interface SchemaFault {
  readonly path: string;
  readonly message: string;
}

type Found = SchemaFault | undefined;

/** Finds the first fault of a value. */
type Check = (value: unknown) => Found;

export class SchemaCheck {
  private readonly checks = new WeakMap<JsonSchema, Check>();

  /** @param definitions targets of `#/definitions/NAME` */
  constructor(private readonly definitions: Readonly<Record<string, JsonSchema>>) {}

  /** The first fault of a value, or undefined if it is valid. */
  fault(value: unknown, schema: JsonSchema): Found {
    return this.checkOf(schema)(value);
  }

  private checkOf(schema: JsonSchema): Check {
    const known = this.checks.get(schema);
    if (known !== undefined) return known;
    understand(schema);
    const check = all([
      this.referred(schema),
      typeCheck(schema),
      valueCheck(schema),
      ...this.combined(schema),
      textCheck(schema),
      this.itemsCheck(schema),
      requiredCheck(schema),
      countCheck(schema),
      this.membersCheck(schema),
    ]);
    this.checks.set(schema, check);
    return check;
  }

  /** Compiles a schema on first use, because a schema may contain itself. */
  private lazily(schema: JsonSchema): Check {
    let check: Check | undefined;
    return (value) => {
      check ??= this.checkOf(schema);
      return check(value);
    };
  }

  private referred({ $ref }: JsonSchema): Check | undefined {
    if ($ref === undefined) return undefined;
    const schema = this.definitions[$ref.replace('#/definitions/', '')];
    if (schema === undefined) throw new Error(`imports/ has no schema ${$ref}`);
    return this.lazily(schema);
  }

  private combined({ allOf = [], anyOf, oneOf, not }: JsonSchema): readonly (Check | undefined)[] {
    const checks = (schemas: readonly JsonSchema[] = []): readonly Check[] => schemas.map((one) => this.lazily(one));
    const [some, one, none] = [checks(anyOf), checks(oneOf), checks(not && [not])];
    return [
      anyOf && unless((value) => some.some((check) => check(value) === undefined), 'must match a schema in anyOf'),
      oneOf &&
        unless(
          (value) => one.filter((check) => check(value) === undefined).length === 1,
          'must match exactly one schema in oneOf',
        ),
      not && unless((value) => none.every((check) => check(value) !== undefined), 'must NOT be valid'),
      ...checks(allOf),
    ];
  }

  private itemsCheck({ items, minItems = 0, maxItems = Infinity }: JsonSchema): Check | undefined {
    if (items === undefined && minItems === 0 && maxItems === Infinity) return undefined;
    const check = items && this.lazily(items);
    return (value) => {
      if (!Array.isArray(value)) return undefined;
      if (value.length < minItems) return wrong(`must NOT have fewer than ${minItems} items`);
      if (value.length > maxItems) return wrong(`must NOT have more than ${maxItems} items`);
      if (check === undefined) return undefined;
      for (let index = 0; index < value.length; index++) {
        const found = check(value[index]);
        if (found !== undefined) return below(index, found);
      }
      return undefined;
    };
  }

  private membersCheck({ properties = {}, additionalProperties = true }: JsonSchema): Check | undefined {
    const known = new Map(Object.entries(properties).map(([key, property]) => [key, this.lazily(property)]));
    if (known.size === 0 && additionalProperties === true) return undefined;
    const other = typeof additionalProperties === 'object' ? this.lazily(additionalProperties) : undefined;
    return (value) => {
      if (!isMap(value)) return undefined;
      for (const key in value) {
        const check = known.get(key) ?? other;
        const found = check?.(value[key]);
        if (found !== undefined) return below(key, found);
        if (check === undefined && additionalProperties === false) {
          return wrong(`must NOT have additional properties "${key}"`);
        }
      }
      return undefined;
    };
  }
}

/** Throws for an unsupported keyword, because ignoring it would silently skip a check. */
function understand(schema: JsonSchema): void {
  const unknown = Object.keys(schema).find((keyword) => !KEYWORDS.has(keyword));
  if (unknown !== undefined) throw new Error(`imports/ uses the schema keyword ${unknown}, which nothing checks`);
}

function all(checks: readonly (Check | undefined)[]): Check {
  const some = checks.filter((check) => check !== undefined);
  const [first, second] = some;
  if (first === undefined) return () => undefined;
  // A fast path: most schemas have one or two checks.
  if (second === undefined) return first;
  if (some.length === 2) return (value) => first(value) ?? second(value);
  return (value) => {
    for (const check of some) {
      const found = check(value);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

function unless(holds: (value: unknown) => boolean, message: string): Check {
  return (value) => (holds(value) ? undefined : wrong(message));
}

function wrong(message: string): SchemaFault {
  return { path: '', message };
}

function below(step: string | number, { path, message }: SchemaFault): SchemaFault {
  return { path: `/${step}${path}`, message };
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  array: Array.isArray,
  boolean: (value) => typeof value === 'boolean',
  integer: Number.isInteger,
  null: (value) => value === null,
  number: Number.isFinite,
  object: isMap,
  string: (value) => typeof value === 'string',
};

function typeCheck({ type }: JsonSchema): Check | undefined {
  if (type === undefined) return undefined;
  const names = typeof type === 'string' ? [type] : type;
  const fits = names.map((name) => TYPES[name] ?? (() => false));
  const [fit = () => false] = fits;
  const isFit = fits.length === 1 ? fit : (value: unknown): boolean => fits.some((one) => one(value));
  return unless(isFit, `must be ${names.join(',')}`);
}

function valueCheck(schema: JsonSchema): Check | undefined {
  const { const: only, enum: allowed, minimum = -Infinity, maximum = Infinity } = schema;
  if (only === undefined && allowed === undefined && minimum === -Infinity && maximum === Infinity) return undefined;
  return (value) => {
    if (only !== undefined && !isEqual(only, value)) return wrong('must be equal to constant');
    if (allowed !== undefined && !allowed.some((one) => isEqual(one, value))) {
      return wrong('must be equal to one of the allowed values');
    }
    if (typeof value !== 'number') return undefined;
    if (value < minimum) return wrong(`must be >= ${minimum}`);
    return value > maximum ? wrong(`must be <= ${maximum}`) : undefined;
  };
}

function textCheck({ minLength = 0, maxLength = Infinity, pattern }: JsonSchema): Check | undefined {
  const isBounded = minLength > 0 || maxLength < Infinity;
  if (!isBounded && pattern === undefined) return undefined;
  const expression = pattern === undefined ? undefined : new RegExp(pattern, 'u');
  return (value) => {
    if (typeof value !== 'string') return undefined;
    if (isBounded) {
      const { length } = [...value];
      if (length < minLength) return wrong(`must NOT have fewer than ${minLength} characters`);
      if (length > maxLength) return wrong(`must NOT have more than ${maxLength} characters`);
    }
    return expression === undefined || expression.test(value) ? undefined : wrong(`must match pattern "${pattern}"`);
  };
}

function requiredCheck({ required = [] }: JsonSchema): Check | undefined {
  if (required.length === 0) return undefined;
  return (value) => {
    if (!isMap(value)) return undefined;
    for (const key of required) {
      if (value[key] === undefined) return wrong(`must have required property '${key}'`);
    }
    return undefined;
  };
}

function countCheck({ minProperties = 0, maxProperties = Infinity }: JsonSchema): Check | undefined {
  if (minProperties === 0 && maxProperties === Infinity) return undefined;
  return (value) => {
    if (!isMap(value)) return undefined;
    const { length } = Object.keys(value);
    if (length < minProperties) return wrong(`must NOT have fewer than ${minProperties} properties`);
    return length > maxProperties ? wrong(`must NOT have more than ${maxProperties} properties`) : undefined;
  };
}

function isEqual(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
