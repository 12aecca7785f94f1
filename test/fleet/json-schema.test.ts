import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { parse } from 'yaml';
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
