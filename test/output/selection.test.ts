import { parseShard, selectClusters, selectShard, selects, WHOLE } from '../../lib/output/selection';

const NAMES = Array.from({ length: 2000 }, (_, index) => `cluster-${index}`);

test('puts each cluster into one shard, whatever others there are, and none is much larger', () => {
  const shards = [1, 2, 3, 4, 5, 6, 7, 8].map((index) => NAMES.filter(selectShard(index, 8).includes));
  expect(shards.flat().sort()).toEqual([...NAMES].sort());
  for (const shard of shards) expect(shard.length).toBeLessThan((NAMES.length / 8) * 1.3);
});

test.each([
  ['east/spire-server/server.yaml', 'east'],
  ['east/kustomization.yaml', 'east'],
  ['istio/east/istio-operator.yaml', 'east'],
])('counts %s to its cluster', (path, cluster) => {
  expect(selects(selectClusters([cluster]), path)).toBe(true);
  expect(selects(selectClusters(['west']), path)).toBe(false);
});

test.each(['README.md', 'fleet.lock.yaml', 'partners/bank.md', 'flux/east.yaml', 'argocd/east.yaml'])(
  'counts %s to the fleet as a whole, which is of the first shard',
  (path) => {
    expect(selects(WHOLE, path)).toBe(true);
    expect(selects(selectClusters(['east', 'partners', 'flux']), path)).toBe(false);
    expect([1, 2, 3].filter((index) => selects(selectShard(index, 3), path))).toEqual([1]);
  },
);

test('accepts only k/n', () => {
  expect(parseShard('3/3')?.includes('east')).toBe(selectShard(3, 3).includes('east'));
  for (const text of ['0/1', '2/1', '1/0', '1', '/2', '1/2/3', ' 1/2', '1.5/2', '']) {
    expect(parseShard(text)).toBeUndefined();
  }
});
