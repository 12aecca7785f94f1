/**
 * No text of a person reaches an internal error: at every key of the schema, odd values end in located problems or in
 * sound output. ODD_VALUES_RUNS and ODD_VALUES_SEED hunt for more than what fits into every run of the tests.
 */
import fc from 'fast-check';
import { oddFleets } from './odd-fleets';
import { NAME, pathText, schemaKeys } from './schema-keys';
import { Bench } from './whole-run';

const KEYS = schemaKeys();
const numRuns = Number(process.env.ODD_VALUES_RUNS ?? 1);
const seed = Number(process.env.ODD_VALUES_SEED ?? 14);

const bench = new Bench();
const counts = { accepted: 0, refused: 0 };
beforeAll(() => bench.prepare());
afterAll(() => {
  process.stdout.write(`odd values at ${KEYS.length} keys: ${counts.accepted} accepted, ${counts.refused} refused\n`);
});

test('walks to every key of the schema, down to those of maps and lists', () => {
  const paths = KEYS.map(({ path }) => pathText(path));
  expect(paths).toEqual(
    expect.arrayContaining(['fleet', `clusters.${NAME}.trust.root`, 'federation.[].between.[]', 'waivers.[].because']),
  );
  expect(new Set(paths).size).toBe(paths.length);
});

test.each(KEYS.map((key) => [pathText(key.path), key] as const))(
  'answers odd values at %s with problems or sound output',
  async (_, key) => {
    await fc.assert(
      fc.asyncProperty(oddFleets(key, KEYS), async ({ base, text }) => {
        const accepted = await bench.run(base, text);
        counts[accepted ? 'accepted' : 'refused'] += 1;
      }),
      { numRuns, seed, endOnFailure: true },
    );
  },
);
