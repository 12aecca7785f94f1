import { bookinfo } from '../../lib/presets/bookinfo';

const { components } = bookinfo;

test('has the four services with the names that they use for each other', () => {
  expect(components.map(({ name, port }) => [name, port])).toEqual([
    ['details', 9080],
    ['productpage', 9080],
    ['ratings', 9080],
    ['reviews', 9080],
  ]);
});

test('has three versions of reviews, and one of everything else', () => {
  expect(components.map(({ versions }) => versions.map(({ version }) => version))).toEqual([
    ['v1'],
    ['v1'],
    ['v1'],
    ['v1', 'v2', 'v3'],
  ]);
});

test('gives every version the image of its own', () => {
  const images = components.flatMap(({ versions }) => versions.map(({ image }) => image));
  expect(images.find((image) => image.includes('reviews-v2'))).toMatch(/reviews-v2:\d/);
});
