import { DEFAULTS } from '../../../lib/fleet/defaults';
import { codesOf } from '../../reported';
import { clustersOf, lone, loneMesh, resolveText } from '../../resolved';

test('uses the default versions if the fleet sets none', async () => {
  const { istio, kubernetes } = await loneMesh();
  expect([istio.version, kubernetes]).toEqual([DEFAULTS.versions.istio, DEFAULTS.versions.kubernetes]);
});

test('decides for each cluster by its own versions whether sidecars are native', async () => {
  const { east, west } = await clustersOf(`
fleet: mixed
versions: { istio: 1.30.2, kubernetes: "1.33" }
clusters:
  east: { trustDomain: east.test }
  west: { trustDomain: west.test, versions: { kubernetes: "1.32" } }`);
  expect([east?.istio?.nativeSidecars, west?.istio?.nativeSidecars]).toEqual([true, false]);
});

test.each([
  ['an Istio past the range', 'istio: 1.33.0', 'unsupported-version', ['clusters', 'east', 'versions', 'istio']],
  [
    'a Kubernetes past the range',
    'kubernetes: "1.38"',
    'unsupported-version',
    ['clusters', 'east', 'versions', 'kubernetes'],
  ],
  [
    'an Istio too new for its Kubernetes',
    'istio: 1.31.4, kubernetes: "1.31"',
    'unsupported-pair',
    ['clusters', 'east', 'versions', 'istio'],
  ],
  [
    'a Kubernetes too old for the default Istio',
    'kubernetes: "1.31"',
    'unsupported-pair',
    ['clusters', 'east', 'versions', 'kubernetes'],
  ],
])('fails on %s, at the version that was written', async (_, versions, code, path) => {
  const { problems } = await resolveText(lone(`versions: { ${versions} }`));
  expect(problems).toMatchObject([{ code, place: { path } }]);
});

test('reports a version of the whole fleet once, not once for each cluster', async () => {
  const { problems } = await resolveText(`
fleet: mixed
versions: { istio: 1.23.0 }
clusters: { east: { trustDomain: east.test }, west: { trustDomain: west.test } }`);
  expect(codesOf(problems)).toEqual(['unsupported-version']);
});

test('fails on ambient, where proxies do not use SPIRE', async () => {
  const { problems } = await resolveText(lone('istio: { dataplane: ambient }'));
  expect(codesOf(problems)).toEqual(['ambient-unsupported']);
});
