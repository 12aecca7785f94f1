import { parseFleet } from '../../lib/fleet/parse';
import type { Place } from '../../lib/problems/problem';

const TEXT = `fleet: walk
clusters:
  east:
    trustDomain: east.test
    shared: &shared { size: 1Gi }
  west: { trustDomain: west.test, storage: *shared }
federation:
  - between: [east, west]
`;

const { source } = parseFleet(TEXT, 'fleet.yaml');

test.each<[string, Place, { line: number; column: number; length: number }]>([
  ['a value', { path: ['clusters', 'east', 'trustDomain'] }, { line: 4, column: 18, length: 9 }],
  ['a key', { path: ['clusters', 'east', 'trustDomain'], on: 'key' }, { line: 4, column: 5, length: 11 }],
  ['a map by its key', { path: ['clusters', 'east'] }, { line: 3, column: 3, length: 4 }],
  ['an item of a list', { path: ['federation', 0, 'between', 1] }, { line: 8, column: 21, length: 4 }],
  ['a value behind an alias', { path: ['clusters', 'west', 'storage', 'size'] }, { line: 5, column: 29, length: 3 }],
  ['a missing key by its parent', { path: ['clusters', 'west', 'gateway'] }, { line: 6, column: 3, length: 4 }],
  ['a missing list item by its list', { path: ['federation', 0, 'between', 7] }, { line: 8, column: 5, length: 7 }],
  ['the document by its first key', { path: [] }, { line: 1, column: 1, length: 11 }],
  ['a bare position by itself', { position: { line: 2, column: 3 }, length: 4 }, { line: 2, column: 3, length: 4 }],
])('finds %s', (_, place, span) => {
  expect(source.locate(place)).toEqual(span);
});

test('splits lines at LF, CRLF and CR alike', () => {
  expect(parseFleet('a: 1\r\nb: 2\nc: 3', 'fleet.yaml').source.lines).toEqual(['a: 1', 'b: 2', 'c: 3']);
});
