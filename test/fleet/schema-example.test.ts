/** Examples that hints show in place of a value of another type. */
import { parse } from 'yaml';
import { checkShape } from '../../lib/fleet/check-shape';
import { fleetSchema } from '../../lib/fleet/schema';
import { exampleAt } from '../../lib/fleet/schema-example';

const FLEET = { fleet: 'a', clusters: { east: { trustDomain: 'east.test' } } };

test.each(Object.keys(fleetSchema.shape).map((key) => [key]))('the example of %s has the right shape', (key) => {
  const example = exampleAt([key]);
  expect(example).toBeDefined();
  expect(checkShape({ ...FLEET, [key]: parse(example ?? '') }).problems).toEqual([]);
});

test('is undefined where the fleet has no such key', () => {
  expect(exampleAt(['clusters', 'east', 'nothing'])).toBeUndefined();
  expect(exampleAt(['versions', 'constructor'])).toBeUndefined();
});
