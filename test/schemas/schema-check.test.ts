import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { type JsonSchema, SchemaCheck } from '../../lib/schemas/schema-check';
import { Schemas } from '../../lib/schemas/schemas';

const ROOT = join(__dirname, '..', '..');
const FILES = ['kubernetes-1.36', 'spire', 'istio', 'metallb'];

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
}

/** A validator of another make, for the same files. */
function otherVerdict(): (object: Manifest) => boolean {
  const ajv = new Ajv({ strict: false, validateFormats: false, meta: false, validateSchema: false });
  const references = new Map<string, string>();
  for (const name of FILES) {
    const schema = JSON.parse(readFileSync(join(ROOT, 'imports', 'schemas', `${name}.json`), 'utf8')) as {
      readonly kinds: Readonly<Record<string, string>>;
    };
    ajv.addSchema(schema, name);
    for (const [kind, pointer] of Object.entries(schema.kinds)) references.set(kind, `${name}${pointer}`);
  }
  return (object) => ajv.getSchema(references.get(`${object.apiVersion}/${object.kind}`) ?? '')?.(object) === true;
}

/** One object of each kind in each file of the committed output. */
const objects = readdirSync(join(ROOT, 'dist', 'cluster2'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.yaml') && !path.endsWith('kustomization.yaml'))
  .flatMap((path) =>
    parseAllDocuments(readFileSync(join(ROOT, 'dist', 'cluster2', path), 'utf8')).map(
      (document) => document.toJS() as Manifest,
    ),
  );

/** Every place of a value, as the steps that lead there. */
function placesOf(value: unknown, steps: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [steps];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [steps, ...entries.flatMap(([key, inner]) => placesOf(inner, [...steps, key]))];
}

function changed(
  value: unknown,
  [step, ...rest]: readonly (string | number)[],
  change: (old: unknown) => unknown,
): unknown {
  if (step === undefined) return change(value);
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string | number, unknown>;
  copy[step] = changed(copy[step], rest, change);
  return copy;
}

const CHANGES: readonly ((old: unknown) => unknown)[] = [
  () => undefined,
  () => '',
  () => 'text',
  () => 7,
  () => -1,
  () => 1.5,
  () => 99999999999,
  () => true,
  () => [],
  () => ({}),
  (old) => [old],
  (old) => [old, old, 'x'.repeat(300)],
  (old) => ({ inner: old }),
  (old) => String(old),
  (old) => (typeof old === 'object' && !Array.isArray(old) ? { ...old, unknownField: 1 } : `${String(old)}!`),
];

test('judges what is written as a validator of another make does, whole or damaged anywhere', () => {
  const isValid = otherVerdict();
  const schemas = Schemas.of('1.36');
  for (const object of objects) expect([schemas.fault(object), isValid(object)]).toEqual([undefined, true]);
  let refused = 0;
  fc.assert(
    fc.property(fc.constantFrom(...objects), fc.nat(), fc.constantFrom(...CHANGES), (object, at, change) => {
      const places = placesOf(object).filter(
        ([first]) => first !== undefined && first !== 'apiVersion' && first !== 'kind',
      );
      const damaged = JSON.parse(JSON.stringify(changed(object, places[at % places.length] ?? [], change))) as Manifest;
      const fault = schemas.fault(damaged);
      if (fault !== undefined) refused += 1;
      expect([damaged, fault === undefined]).toEqual([damaged, isValid(damaged)]);
    }),
    { numRuns: 3000 },
  );
  expect(refused).toBeGreaterThan(1000);
});

const check = new SchemaCheck({ name: { type: 'string', minLength: 2, maxLength: 3, pattern: '^[a-z]+$' } });

test.each<[JsonSchema, unknown, string | undefined]>([
  [{ $ref: '#/definitions/name' }, 'ab', undefined],
  [{ $ref: '#/definitions/name' }, 'a', ' must NOT have fewer than 2 characters'],
  [{ $ref: '#/definitions/name' }, 'abcd', ' must NOT have more than 3 characters'],
  [{ $ref: '#/definitions/name' }, 'a1', ' must match pattern "^[a-z]+$"'],
  [{ items: { $ref: '#/definitions/name' } }, ['ab', 1], '/1 must be string'],
  [
    { properties: { a: { items: { type: ['integer', 'string'] } } } },
    { a: [1, '', 1.5] },
    '/a/2 must be integer,string',
  ],
  [{ required: ['a'] }, { b: 1 }, " must have required property 'a'"],
  [{ properties: { a: {} }, additionalProperties: false }, { a: 1, b: 1 }, ' must NOT have additional properties "b"'],
  [{ additionalProperties: { type: 'number' } }, { a: '1' }, '/a must be number'],
  [{ enum: ['a', 1] }, 2, ' must be equal to one of the allowed values'],
  [{ const: 'a' }, 'b', ' must be equal to constant'],
  [{ minimum: 1, maximum: 2 }, 3, ' must be <= 2'],
  [{ minimum: 1, maximum: 2 }, 0, ' must be >= 1'],
  [{ anyOf: [{ type: 'null' }, { type: 'string' }] }, 1, ' must match a schema in anyOf'],
  [{ oneOf: [{ type: 'number' }, { type: 'integer' }] }, 1, ' must match exactly one schema in oneOf'],
  [{ not: { required: ['a'] } }, { a: 1 }, ' must NOT be valid'],
  [{ allOf: [{ maxItems: 1 }, { minItems: 1 }] }, [1, 2], ' must NOT have more than 1 items'],
  [{ minProperties: 1 }, {}, ' must NOT have fewer than 1 properties'],
])('finds in %j that %j is: %s', (schema, value, expected) => {
  const fault = check.fault(value, schema);
  expect(fault && `${fault.path} ${fault.message}`).toBe(expected);
});

test('refuses a keyword that it does not know rather than pass it over', () => {
  expect(() => check.fault('a', { format: 'date' } as JsonSchema)).toThrow('format');
});

test('supports every keyword of every schema in imports/', () => {
  for (const file of readdirSync(join(ROOT, 'imports', 'schemas'))) {
    const { definitions } = JSON.parse(readFileSync(join(ROOT, 'imports', 'schemas', file), 'utf8')) as {
      readonly definitions: Readonly<Record<string, JsonSchema>>;
    };
    const everything = new SchemaCheck(definitions);
    const visit = (schema: JsonSchema): void => {
      expect(() => everything.fault(undefined, schema)).not.toThrow();
      const { properties = {}, additionalProperties, items, allOf = [], anyOf = [], oneOf = [], not } = schema;
      const inner = [...Object.values(properties), additionalProperties, items, ...allOf, ...anyOf, ...oneOf, not];
      for (const one of inner) if (typeof one === 'object') visit(one);
    };
    for (const definition of Object.values(definitions)) visit(definition);
  }
});
