import { mebibytes, memory } from '../../lib/formats/memory-format';
import { clustersOf } from '../resolved';

test.each(['128Mi', '512Mi', '2Gi', '64Gi', '65536Mi'])('takes %s', (text) => {
  expect(memory.check(text)).toBeUndefined();
});

test.each(['', '0Mi', '127Mi', '65Gi', '65537Mi', '1G', '512', '0.5Gi', '512MB', '-1Gi', '0512Mi', ' 512Mi', '1e3Mi'])(
  'refuses "%s"',
  (text) => {
    expect(memory.check(text)).toMatch(/write a whole number|it is outside the range/);
  },
);

test('reads both units as MiB', () => {
  expect([mebibytes('512Mi'), mebibytes('2Gi')]).toEqual([512, 2048]);
});

test("prefers a cluster's own memory to the fleet's", async () => {
  const { east, west, north } = await clustersOf(`
fleet: sizes
spire: { controllerManager: { memory: 1Gi } }
clusters:
  east: { trustDomain: east.test, spire: { controllerManager: { memory: 2Gi } } }
  west: { trustDomain: west.test }
  north: { trustDomain: north.test, spire: { controllerManager: {} } }`);
  expect([east, west, north].map((cluster) => cluster?.spire.controllerManagerMemory)).toEqual([2048, 1024, 1024]);
});
