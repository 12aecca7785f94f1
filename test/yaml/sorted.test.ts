import { sorted } from '../../lib/yaml/sorted';

test('puts keys in order at every depth, and drops what is absent', () => {
  const value = { b: [{ d: 1, c: undefined, a: null }], a: { z: {}, y: [] } };
  expect(JSON.stringify(sorted(value))).toBe('{"a":{"y":[],"z":{}},"b":[{"a":null,"d":1}]}');
});

test('orders keys by their characters, as JSON and YAML are compared', () => {
  expect(Object.keys(sorted({ b: 1, B: 1, 'a-b': 1, a: 1, 'a.b': 1 }) as object)).toEqual([
    'B',
    'a',
    'a-b',
    'a.b',
    'b',
  ]);
});

test('gives back what is in order, and leaves alone what is not', () => {
  const value = { a: [{ b: 1 }], c: 'text' };
  expect(sorted(value)).toBe(value);
  const unordered = { c: value, a: 1 };
  expect((sorted(unordered) as typeof unordered).c).toBe(value);
  expect(Object.keys(unordered)).toEqual(['c', 'a']);
});
