import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { parse } from 'yaml';
import { checkShape } from '../../lib/fleet/check-shape';
import { renderFleetJsonSchema } from '../../lib/fleet/json-schema';

const ROOT = join(__dirname, '..', '..');

test('equals the committed fleet.schema.json, which editors read', () => {
  expect(readFileSync(join(ROOT, 'fleet.schema.json'), 'utf8')).toBe(renderFleetJsonSchema());
});

test('accepts the fleet file of the walkthrough and refuses a misspelt key in it', () => {
  const validate = new Ajv2020({ strict: false }).compile(JSON.parse(renderFleetJsonSchema()));
  const fleet = parse(readFileSync(join(ROOT, 'fleet.yaml'), 'utf8'));
  expect(validate(fleet)).toBe(true);
  expect(validate({ ...fleet, cluster: {} })).toBe(false);
});

test('describes every key, so that editors explain what they complete', () => {
  const undescribed: string[] = [];
  const visit = (schema: Record<string, unknown>, path: string): void => {
    const properties = (schema.properties ?? {}) as Record<string, Record<string, unknown>>;
    for (const [key, inner] of Object.entries(properties)) {
      if (inner.description === undefined) undescribed.push(`${path}.${key}`);
      visit(inner, `${path}.${key}`);
    }
    if (typeof schema.additionalProperties === 'object') {
      visit(schema.additionalProperties as Record<string, unknown>, `${path}.*`);
    }
    if (typeof schema.items === 'object') visit(schema.items as Record<string, unknown>, `${path}[]`);
  };
  visit(JSON.parse(renderFleetJsonSchema()), '');
  expect(undescribed).toEqual([]);
});

type Schema = Record<string, unknown>;

/** Every key of the schema, by its path; `*` stands for a name, `[]` for a position. */
function keysOf(schema: Schema, path = ''): readonly (readonly [path: string, schema: Schema])[] {
  const inner = Object.entries((schema.properties ?? {}) as Record<string, Schema>).map(
    ([key, of]): [string, Schema] => [`${path}.${key}`, of],
  );
  for (const [step, key] of [
    ['.*', 'additionalProperties'],
    ['[]', 'items'],
  ] as const) {
    if (typeof schema[key] === 'object') inner.push([`${path}${step}`, schema[key] as Schema]);
  }
  const forms = ((schema.anyOf ?? []) as Schema[]).flatMap((form) => keysOf(form, path));
  return [...inner, ...inner.flatMap(([at, of]) => keysOf(of, at)), ...forms];
}

const KEYS = keysOf(JSON.parse(renderFleetJsonSchema()));

/** Values that stand in a description as they are written; others depend on other keys. */
const LITERAL = /Default: "?([^ ".;,<>:]+(?:\.[^ ".;,<>:]+)*(?::\/\/[^ ]+[^. ])?|[0-9, and]+)"?[.;]/;

test('gives programs the default that a description tells people', () => {
  const told = KEYS.flatMap(([path, { description }]) => {
    const [, literal] = LITERAL.exec(String(description)) ?? [];
    return literal === undefined || literal === 'none' || literal === 'all' ? [] : [[path, literal] as const];
  });
  const given = KEYS.filter(([, schema]) => 'default' in schema);
  const shown = (value: unknown): string => (Array.isArray(value) ? value.join() : String(value));
  expect(given.map(([path, schema]) => [path, shown(schema.default)])).toEqual(
    told.map(([path, literal]) => [path, literal.replace(/, | and /g, ',')]),
  );
  expect(given.length).toBeGreaterThan(35);
});

test('gives defaults and examples that the schema accepts', () => {
  const ajv = new Ajv2020({ strict: false });
  const wrong = KEYS.flatMap(([path, schema]) =>
    [...('default' in schema ? [schema.default] : []), ...((schema.examples ?? []) as unknown[])]
      .filter((value) => !ajv.validate(schema, value))
      .map((value) => [path, value]),
  );
  expect(wrong).toEqual([]);
});

/** A fleet that says one thing at one place, and nothing else of its own. */
function fleetWith(path: string, value: unknown): unknown {
  const steps = path.split(/\.|(?=\[)/).slice(1);
  return steps.reduceRight<unknown>((inner, step, index) => {
    if (step === '[]') return [inner];
    // Names of variables are upper case, all others lower case.
    const name = steps[index - 1] === 'environment' ? 'SOME' : 'some';
    return { [step === '*' ? name : step]: inner };
  }, value);
}

/** The faults at the place itself or below: what else is missing does not count. */
function faultsAt(path: string, value: unknown): readonly string[] {
  const { problems } = checkShape(fleetWith(path, value));
  return problems
    .filter(({ code }) => code !== 'missing-key')
    .map(({ code, facts }) => `${code} ${JSON.stringify(facts)}`);
}

test('gives defaults and examples that the rules of their key take', () => {
  const wrong = KEYS.flatMap(([path, schema]) =>
    [...('default' in schema ? [schema.default] : []), ...((schema.examples ?? []) as unknown[])].flatMap((value) =>
      faultsAt(path, value).map((fault) => [path, value, fault]),
    ),
  );
  expect(wrong).toEqual([]);
  expect(faultsAt('.fleet', 'A b')).toHaveLength(1);
});

test('shows in a hint the example of the key at fault', () => {
  const misleading = KEYS.flatMap(([path, schema]) => {
    const [example] = (schema.examples ?? []) as string[];
    const { problems } = checkShape(fleetWith(path, '\t'));
    return problems.flatMap((found) =>
      example !== undefined && found.code === 'malformed' && found.facts.example !== example
        ? [[path, example, found.facts.example]]
        : [],
    );
  });
  expect(misleading).toEqual([]);
  const found = checkShape(fleetWith('.clusters.*.trust.bundle', '/a')).problems;
  expect(found.map(({ facts }) => facts)).toContainEqual(
    expect.objectContaining({ example: 'trust/east.example.org.json' }),
  );
});
