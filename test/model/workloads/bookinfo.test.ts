import { BOOKINFO_CALLERS, BOOKINFO_ENTRY, bookinfoComponents } from '../../../lib/model/workloads/bookinfo';

const components = bookinfoComponents();

test('has the four services under the names by which they call each other', () => {
  expect(components.map(({ name, port }) => [name, port])).toEqual([
    ['details', 9080],
    ['productpage', 9080],
    ['ratings', 9080],
    ['reviews', 9080],
  ]);
});

test('has three versions of reviews, and one of everything else', () => {
  expect(components.map(({ deployments }) => deployments.map(({ version }) => version))).toEqual([
    ['v1'],
    ['v1'],
    ['v1'],
    ['v1', 'v2', 'v3'],
  ]);
});

test('gives every version the image of its own', () => {
  const images = components.flatMap(({ deployments }) => deployments.map(({ image }) => image));
  expect(new Set(images).size).toBe(6);
  expect(images.find((image) => image.includes('reviews-v2'))).toMatch(/reviews-v2:\d/);
});

test('names a caller for every component but the entry, and each of them exists', () => {
  const names = components.map(({ name }) => name);
  expect(Object.keys(BOOKINFO_CALLERS).sort()).toEqual(names.filter((name) => name !== BOOKINFO_ENTRY));
  expect(names).toEqual(expect.arrayContaining(Object.values(BOOKINFO_CALLERS).flat()));
});
