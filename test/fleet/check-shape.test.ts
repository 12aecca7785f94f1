import { checkShape } from '../../lib/fleet/check-shape';
import { codesOf } from '../reported';

const CLUSTERS = { east: { trustDomain: 'east.test' } };

test('accepts the smallest fleet: a name and a cluster with a trust domain', () => {
  expect(checkShape({ fleet: 'small', clusters: CLUSTERS })).toEqual({
    fleet: { fleet: 'small', clusters: CLUSTERS },
    problems: [],
  });
});

test('reports a misspelt key once, with the key that was meant', () => {
  const { problems } = checkShape({ fleet: 'a', clusters: { east: { trustDomian: 'east.test' } } });
  expect(problems).toEqual([
    expect.objectContaining({ code: 'unknown-key', facts: expect.objectContaining({ suggestion: 'trustDomain' }) }),
  ]);
});

test('reports every fault of a document at once', () => {
  const { problems } = checkShape({ clusters: { east: { trustDomain: 'East', gateway: {} } }, federation: 'all' });
  expect([...codesOf(problems)].sort()).toEqual(['malformed', 'missing-key', 'missing-key', 'wrong-type']);
});

test('says what to do about a number where a text is wanted', () => {
  const { problems } = checkShape({ fleet: 'a', clusters: CLUSTERS, versions: { kubernetes: 1.3 } });
  expect(problems).toMatchObject([{ code: 'wrong-type', facts: { hint: 'put it in quotes, with all its digits' } }]);
});

test('points at the key of a map when the key itself is malformed', () => {
  const { problems } = checkShape({ fleet: 'a', clusters: { East: { trustDomain: 'east.test' } } });
  expect(problems).toMatchObject([{ code: 'malformed', place: { path: ['clusters', 'East'], on: 'key' } }]);
});

test('names the keys that a nested map knows when one is unknown', () => {
  const { problems } = checkShape({ fleet: 'a', clusters: CLUSTERS, spire: { storage: { quota: '1Gi' } } });
  expect(problems).toMatchObject([{ code: 'unknown-key', facts: { known: ['size', 'storageClass'] } }]);
});
