import { unknownName } from '../../lib/cli/unknown-name';

test('suggests the name that was meant, where one is near', () => {
  expect(unknownName('cluster', 'eats', ['east', 'west'])).toBe('no cluster is named "eats"; did you mean "east"?');
});

test('lists the names that there are, where none is near', () => {
  expect(unknownName('cluster', 'north-2', ['east', 'west'])).toBe(
    'no cluster is named "north-2"; there are: east, west',
  );
});

test('lists no more names than a person reads', () => {
  const names = Array.from({ length: 33 }, (_, index) => `cluster-${index}`);
  expect(unknownName('cluster', 'elsewhere', names)).toMatch(/, cluster-29, … and 3 more$/);
});
