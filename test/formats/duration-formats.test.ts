import { fleetSchema } from '../../lib/fleet/schema';
import { seconds } from '../../lib/formats/duration';
import * as durations from '../../lib/formats/duration-formats';
import { maxSvidTtl } from '../../lib/model/spire/duration';

test.each([
  [durations.caTtl, '6m', '36500d', '1s', '36501d'],
  [durations.refreshHint, '1m', '24h', '59s', '25h'],
  [durations.poll, '1s', '30d', '0s', '31d'],
  [durations.interval, '1m', '30d', '59s', '31d'],
  [durations.trustHorizon, '1d', '3650d', '23h', '3651d'],
] as const)('%#: accepts its minimum and maximum, and nothing outside', (format, least, most, shorter, longer) => {
  expect([least, most, format.example].map((text) => format.check(text))).toEqual([undefined, undefined, undefined]);
  expect(format.check(longer)).toContain('longer than');
  expect(format.check(shorter)).toMatch(/shorter than|zero/);
  expect(durations.boundsOf(format)).toBe(`From ${least} to ${most}.`);
});

test.each([durations.x509SvidTtl, durations.jwtSvidTtl])('accepts SVIDs of one minute or more', (format) => {
  expect([format.check('59s'), format.check('1m')]).toEqual([expect.stringContaining('shorter than'), undefined]);
  expect(durations.boundsOf(format)).toBe('At least 1m.');
});

test('leaves an SVID a minute under the shortest CA', () => {
  expect(maxSvidTtl(seconds('6m'))).toBe(seconds('1m'));
});

test('bounds every duration of the schema', () => {
  const unbounded = JSON.stringify(fleetSchema.toJSONSchema({ io: 'input' })).match(
    /"description":"[^"]*","pattern":"\^\(\[0-9\]\+d\)[^"]*"/g,
  );
  expect(unbounded?.length).toBeGreaterThanOrEqual(7);
  expect(unbounded?.filter((text) => !/From \S+ to \S+\.|At least \S+\./.test(text))).toEqual([]);
});
