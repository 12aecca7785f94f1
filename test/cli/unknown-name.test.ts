import { unknownName } from '../../lib/cli/unknown-name';

test('suggests the name that was meant, where one is near', () => {
  expect(unknownName('cluster', 'eats', ['east', 'west'])).toBe('no cluster is named "eats"; did you mean "east"?');
});

test('lists the names that there are, where none is near', () => {
  expect(unknownName('cluster', 'north-2', ['east', 'west'])).toBe(
    'no cluster is named "north-2"; there are: east, west',
  );
});
