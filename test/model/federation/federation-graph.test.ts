import type { Fleet, FleetFederation } from '../../../lib/fleet/schema';
import { FederationGraph } from '../../../lib/model/federation/federation-graph';
import { collector } from '../../reported';

function graphOf(federation: readonly FleetFederation[], names: readonly string[] = ['a', 'b', 'c', 'd']) {
  const clusters = Object.fromEntries(names.map((name) => [name, { trustDomain: `${name}.test` }]));
  const { problems, report } = collector();
  const fleet: Fleet = { fleet: 'a', clusters, federation: [...federation] };
  const graph = new FederationGraph(fleet, report);
  return { graph, problems, pairs: graph.links().map(({ ends }) => ends.join('-')) };
}

test('links both directions when federation is mutual', () => {
  const { graph } = graphOf([{ between: ['b', 'a'] }]);
  expect([graph.has('a', 'b'), graph.has('b', 'a'), graph.has('a', 'c')]).toEqual([true, true, false]);
  expect([graph.peersOf('a'), graph.peersOf('b'), graph.peersOf('c')]).toEqual([['b'], ['a'], []]);
});

test.each([
  [2, 1],
  [3, 3],
  [4, 6],
  [25, 300],
])('links %d clusters of one group in %d pairs', (size, count) => {
  const names = Array.from({ length: size }, (_, index) => `n${index}`);
  const { graph, pairs, problems } = graphOf([{ between: names }], names);
  expect([pairs.length, problems.length, graph.peersOf('n0').length]).toEqual([count, 0, size - 1]);
});

test('links a hub with each spoke, and no spoke with another', () => {
  const { graph, pairs } = graphOf([{ hub: 'b', spokes: ['d', 'a', 'c'] }]);
  expect(pairs).toEqual(['a-b', 'b-c', 'b-d']);
  expect([graph.peersOf('b'), graph.peersOf('a')]).toEqual([['a', 'c', 'd'], ['b']]);
});

test('counts a pair once that several federations declare, and keeps the first place', () => {
  const { graph, pairs, problems } = graphOf([
    { between: ['a', 'b', 'c'] },
    { between: ['c', 'b'] },
    { hub: 'b', spokes: ['a'] },
  ]);
  expect([pairs, problems]).toEqual([['a-b', 'a-c', 'b-c'], []]);
  expect(graph.links().map(({ place }) => place[1])).toEqual([0, 0, 0]);
});

test('gives the same pairs whatever the order of clusters, federations and members', () => {
  const federations: FleetFederation[] = [{ between: ['a', 'c', 'd'] }, { hub: 'b', spokes: ['c', 'd'] }];
  const reversed: FleetFederation[] = [{ hub: 'b', spokes: ['d', 'c'] }, { between: ['d', 'c', 'a'] }];
  expect(graphOf(reversed, ['d', 'c', 'b', 'a']).pairs).toEqual(graphOf(federations).pairs);
});

test('keeps apart pairs whose names run together', () => {
  expect(graphOf([{ between: ['a-b', 'c'] }], ['a', 'a-b', 'b-c', 'c']).graph.has('a', 'b-c')).toBe(false);
});

test.each<[string, FleetFederation, string, readonly (string | number)[]]>([
  ['a group of one', { between: ['a'] }, 'out-of-range', ['federation', 0, 'between']],
  ['a cluster listed twice', { between: ['a', 'b', 'a'] }, 'listed-twice', ['federation', 0, 'between', 2]],
  ['a spoke listed twice', { hub: 'a', spokes: ['b', 'c', 'b'] }, 'listed-twice', ['federation', 0, 'spokes', 2]],
  ['the only spoke listed twice', { hub: 'a', spokes: ['b', 'b'] }, 'listed-twice', ['federation', 0, 'spokes', 1]],
  ['an unknown member', { between: ['a', 'x'] }, 'unknown-cluster', ['federation', 0, 'between', 1]],
  ['an unknown hub', { hub: 'x', spokes: ['a'] }, 'unknown-cluster', ['federation', 0, 'hub']],
  [
    'a member named like a property of every object',
    { between: ['a', 'constructor'] },
    'unknown-cluster',
    ['federation', 0, 'between', 1],
  ],
  ['a hub without spokes', { hub: 'a' }, 'missing-key', ['federation', 0]],
  ['spokes without a hub', { spokes: ['a'] }, 'missing-key', ['federation', 0]],
  ['both forms at once', { between: ['a', 'b'], hub: 'a' }, 'exclusive-keys', ['federation', 0]],
  ['neither form', {}, 'exclusive-keys', ['federation', 0]],
])('fails on %s, once and at its place', (_, federation, code, path) => {
  expect(graphOf([federation]).problems).toMatchObject([{ code, place: { path } }]);
});

test.each<[string, FleetFederation, readonly (string | number)[], readonly string[]]>([
  ['a cluster paired with itself', { between: ['a', 'a'] }, ['federation', 0, 'between', 1], []],
  ['a hub that is its own spoke', { hub: 'a', spokes: ['b', 'a'] }, ['federation', 0, 'spokes', 1], ['a-b']],
])('notes %s, at its place, and makes no pair of it', (_, federation, place, left) => {
  const { graph, pairs, problems } = graphOf([federation]);
  expect([graph.selfFederations(), pairs, problems]).toEqual([[{ cluster: 'a', place }], left, []]);
});

test('keeps the pairs of the members that exist when another one is unknown', () => {
  expect(graphOf([{ between: ['a', 'x', 'b'] }]).pairs).toEqual(['a-b']);
});
