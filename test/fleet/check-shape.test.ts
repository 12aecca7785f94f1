import { checkShape } from '../../lib/fleet/check-shape';
import { problemAtKey } from '../../lib/problems/problem';
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

test('says to quote a number where a string is expected', () => {
  const { problems } = checkShape({ fleet: 'a', clusters: CLUSTERS, versions: { kubernetes: 1.3 } });
  expect(problems).toMatchObject([{ code: 'wrong-type', facts: { hint: 'write it in quotes, with all its digits' } }]);
});

test('points at the key of a map when the key itself is malformed', () => {
  const { problems } = checkShape({ fleet: 'a', clusters: { East: { trustDomain: 'east.test' } } });
  expect(problems).toMatchObject([{ code: 'malformed', place: { path: ['clusters', 'East'], on: 'key' } }]);
});

test('names the keys that a nested map knows when one is unknown', () => {
  const { problems } = checkShape({ fleet: 'a', clusters: CLUSTERS, spire: { storage: { quota: '1Gi' } } });
  expect(problems).toMatchObject([{ code: 'unknown-key', facts: { known: ['size', 'storageClass'] } }]);
});

test.each<[string, object, string]>([
  [
    'a number in quotes',
    { clusters: { east: { ...CLUSTERS.east, gateway: { address: 'a.test', port: '443' } } } },
    'remove the quotes',
  ],
  ['a text in place of a map', { clusters: 'east' }, 'write it like { cluster1: { trustDomain: east.example.org } }'],
  ['a text in place of a map with fixed keys', { versions: '1.15' }, 'write it like { spire: 1.15.3 }'],
  ['a map in place of a list', { federation: {} }, 'write it like [ { between: [ cluster1, cluster2 ] } ]'],
  ['a text in place of a nested list', { federation: [{ between: 'east' }] }, 'write it like [ cluster1, cluster2 ]'],
  [
    'nothing in place of a text',
    { clusters: { east: { trustDomain: null } } },
    'write a value after the colon, or remove the key',
  ],
])('says what to do about %s', (_, part, hint) => {
  expect(checkShape({ fleet: 'a', clusters: CLUSTERS, ...part }).problems).toMatchObject([
    { code: 'wrong-type', facts: { hint } },
  ]);
});

test.each([
  [['clusters', 'east'], { clusters: { east: { ...CLUSTERS.east, zzzzzz: 1 } } }, 'a cluster'],
  [['workloads', 'w'], { workloads: { w: { cluster: 'east', zzzzzz: 1 } } }, 'a workload'],
  [['federation', 0], { federation: [{ zzzzzz: 1 }] }, 'a federation'],
  [[], { zzzzzz: 1 }, 'a fleet'],
])('says where an unknown key at %j is not a key', (path, part, of) => {
  expect(checkShape({ fleet: 'a', clusters: CLUSTERS, ...part }).problems).toMatchObject([
    { code: 'unknown-key', place: { path: [...path, 'zzzzzz'] }, facts: { of } },
  ]);
});

test('says that a key with a fixed set of values is missing', () => {
  const spire = { server: { plugins: [{ name: 'aws_iid' }] } };
  const { problems } = checkShape({ fleet: 'a', clusters: { east: { ...CLUSTERS.east, spire } } });
  expect(problems).toMatchObject([
    {
      code: 'missing-key',
      place: { path: ['clusters', 'east', 'spire', 'server', 'plugins', 0] },
      facts: { key: 'type' },
    },
  ]);
});

test.each([
  [[1], 'a list'],
  [{ a: 1 }, 'a map'],
  [true, 'the boolean true'],
])('describes %j as it was found', (name, got) => {
  expect(checkShape({ fleet: name, clusters: CLUSTERS }).problems).toMatchObject([
    { code: 'wrong-type', facts: { got } },
  ]);
});

describe('a value of several forms', () => {
  const codes = (observability: unknown) =>
    checkShape({ fleet: 'a', clusters: { east: { trustDomain: 'east.test', observability } } }).problems.map(
      ({ code, facts }) => [code, facts],
    );

  test.each([true, false, { prometheus: 'http://metrics.telemetry:9090' }, { prometheus: 'HTTPS://[2001:db8::1]/p' }])(
    'is taken as %j',
    (value) => {
      expect(codes(value)).toEqual([]);
    },
  );

  test.each([
    ['yes', 'wrong-type', { expected: 'true or false or a map', got: 'the string "yes"' }],
    [null, 'wrong-type', { got: 'no value' }],
    [{}, 'missing-key', { key: 'prometheus', example: expect.stringContaining('http') }],
    [{ promtheus: 'http://a:1' }, 'unknown-key', { suggestion: 'prometheus', known: ['prometheus'] }],
    [{ prometheus: 9090 }, 'wrong-type', { expected: 'a string' }],
    [{ prometheus: 'metrics:9090' }, 'malformed', { got: 'metrics:9090' }],
    [{ prometheus: 'http://user:word@metrics:9090' }, 'malformed', { reason: 'credentials are not allowed in it' }],
    [{ prometheus: 'http://metrics:0' }, 'malformed', {}],
    [{ prometheus: 'http://metrics:99999' }, 'malformed', { reason: 'it cannot be parsed as a URL' }],
    [{ prometheus: 'ftp://metrics' }, 'malformed', {}],
    // Flux replaces such a name in braces.
    [
      { prometheus: 'http://metrics/$PATH' },
      'malformed',
      { reason: 'it has a character that is not allowed in a URL' },
    ],
  ])('is refused as %j: %s', (value, code, facts) => {
    expect(codes(value)).toEqual([[code, expect.objectContaining(facts)]]);
  });
});

test('refuses a renamed key once: the new key is not reported as missing', () => {
  const written = (delivery: object) => ({ fleet: 'a', clusters: { east: { trustDomain: 'east.test' } }, delivery });
  const { problems } = checkShape(written({ repo: 'https://git.test/a', with: ['flux'], flux: { correct: '10m' } }));
  expect(problems).toEqual([
    problemAtKey(['delivery', 'flux', 'correct'], 'renamed-key', { key: 'correct', newKey: 'interval' }),
    problemAtKey(['delivery', 'with'], 'renamed-key', { key: 'with', newKey: 'tools' }),
  ]);
});

test('gives maps of names no key but those that a person wrote', () => {
  const labels = { app: 'a' };
  const { fleet } = checkShape({
    fleet: 'a',
    clusters: { east: { trustDomain: 'east.test', istio: { plainText: { a: { because: 'for ten words' } } } } },
    partners: { bank: { trustDomain: 'bank.test', bundleEndpoint: { url: 'https://bank.test/' } } },
    workloads: { shop: { cluster: 'east', pods: { labels } } },
    delivery: { repo: 'https://git.test/a', tools: ['argocd'], argocd: { clusterNames: { east: 'in-cluster' } } },
  });
  const maps: unknown[] = [
    fleet?.clusters,
    fleet?.clusters.east?.istio?.plainText,
    fleet?.partners,
    fleet?.workloads,
    fleet?.workloads?.shop?.pods?.labels,
    fleet?.delivery?.argocd?.clusterNames,
  ];
  expect(maps.map((map) => Object.keys(map ?? {}).length)).toEqual([1, 1, 1, 1, 1, 1]);
  expect(maps.map((map) => 'constructor' in (map as object))).toEqual(maps.map(() => false));
});

test.each<[string, object, object]>([
  [
    'a unit for a duration that is a number',
    { caTtl: 30 },
    { code: 'wrong-type', facts: { hint: 'write it with its unit, such as 168h' } },
  ],
  ['only the type of a text in place of a list', { agent: { workloadAttestors: 'unix' } }, { code: 'wrong-type' }],
  [
    'replicas for minReplicas',
    { server: { autoscaling: { minReplicas: 2, maxReplicas: 3 } } },
    { facts: { elsewhere: 'spire.server.replicas' } },
  ],
  ['the map above that has the key', { server: { x509SvidTtl: '30m' } }, { facts: { elsewhere: 'spire.x509SvidTtl' } }],
])('names %s', (_name, spire, expected) => {
  const { problems } = checkShape({ fleet: 'a', clusters: CLUSTERS, spire });
  expect(problems).toMatchObject([expected]);
});
