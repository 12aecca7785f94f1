import * as z from 'zod';
import { FAMILIES } from './example-servers';
import { exampleSettings } from './example-settings';
import { wrongTypes } from './wrong-types';

const MEMBERS = Object.entries(FAMILIES).flatMap(([family, members]) =>
  members.map((member) => ({ family, key: member.key, settings: member.settings })),
);

test.each(MEMBERS)('makes settings of each key of $family $key, and all are accepted', ({ settings }) => {
  const made = exampleSettings(settings);
  expect(made.length).toBeGreaterThan(0);
  for (const written of made) expect(settings.safeParse(written).success).toBe(true);
  const { properties = {} } = z.toJSONSchema(settings, { io: 'input' }) as { properties?: object };
  expect(new Set(made.flatMap(Object.keys))).toEqual(new Set(Object.keys(properties)));
});

test('adds the key that another one needs', () => {
  const pair = z.strictObject({ a: z.literal('x').optional(), b: z.literal('y').optional() });
  const needed = pair.refine(({ a, b }) => a === undefined || b !== undefined);
  expect(exampleSettings(needed)).toContainEqual({ a: 'x', b: 'y' });
});

test('fails where a key can never be written', () => {
  const never = z.strictObject({ a: z.literal('x').optional() }).refine(({ a }) => a === undefined);
  expect(() => exampleSettings(never)).toThrow('no settings with a are accepted');
});

test('gives each value a wrong type, one at a time, in blocks as well', () => {
  expect(wrongTypes({ text: 'x', block: { number: 1 }, absent: undefined }).map(({ key }) => key)).toEqual([
    'text',
    'block.number',
  ]);
});
