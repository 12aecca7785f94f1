import { required } from '../../lib/invariants/required';

test('returns a value, an empty one too', () => {
  expect(required('', 'the text')).toBe('');
  expect(required(0, 'the count')).toBe(0);
});

test('fails where there is none, and names it', () => {
  expect(() => required(undefined, 'the text of a.yaml')).toThrow('the text of a.yaml is missing');
});
