import { findValues } from '../../lib/checks/find-values';

const nothing = (value: unknown): string | undefined => (value === null ? 'is null' : undefined);

test('finds a value wherever it is, and says where', () => {
  expect(findValues({ a: null, b: [{ c: null }, 1], 'd/e': { f: [null] } }, nothing)).toEqual([
    { path: '/a', reason: 'is null' },
    { path: '/b/0/c', reason: 'is null' },
    { path: '/d/e/f/0', reason: 'is null' },
  ]);
});

test('finds the value itself, and what is below it', () => {
  const list = (value: unknown): string | undefined => (Array.isArray(value) ? `has ${value.length}` : undefined);
  expect(findValues([[1]], list)).toEqual([
    { path: '', reason: 'has 1' },
    { path: '/0', reason: 'has 1' },
  ]);
});

test('returns an empty list when no value matches', () => {
  expect([
    findValues({ a: [1, 'b', false] }, nothing),
    findValues('text', nothing),
    findValues(undefined, nothing),
  ]).toEqual([[], [], []]);
});
