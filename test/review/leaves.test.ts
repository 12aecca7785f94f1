import { fieldText } from '../../lib/review/change';
import { leafFieldsOf } from '../../lib/review/leaf-fields';

const found = (before: unknown, after: unknown): readonly string[] =>
  leafFieldsOf({ path: ['spec'], ...(before !== undefined && { before }), ...(after !== undefined && { after }) }).map(
    (leaf) => `${fieldText(leaf.path)}: ${JSON.stringify(leaf.before)} -> ${JSON.stringify(leaf.after)}`,
  );

test('splits added and removed values into their keys, and text that is YAML', () => {
  expect(found({ a: { b: 1, c: [2, { d: 3 }] }, e: {} }, undefined)).toEqual([
    'spec.a.b: 1 -> undefined',
    'spec.a.c[]: 2 -> undefined',
    'spec.a.c[].d: 3 -> undefined',
    'spec.e: {} -> undefined',
  ]);
  expect(found(undefined, 'a: 1\nb: null\n')).toEqual(['spec.a: undefined -> 1', 'spec.b: undefined -> null']);
});

test('splits a map that is replaced with a value, a list or nothing, but not a changed value', () => {
  expect(found({ a: 1 }, [2])).toEqual(['spec.a: 1 -> undefined', 'spec[]: undefined -> 2']);
  expect(found({ a: 1 }, null)).toEqual(['spec.a: 1 -> undefined']);
  expect(found('x', 'y')).toEqual(['spec: "x" -> "y"']);
  expect(found([1, 2], [2, 1])).toEqual(['spec: [1,2] -> [2,1]']);
});
