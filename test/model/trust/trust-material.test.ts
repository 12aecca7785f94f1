import type { Fleet, FleetCluster } from '../../../lib/fleet/schema';
import { trustMaterialOf } from '../../../lib/model/trust/trust-material';

const materialOf = (cluster: Partial<FleetCluster>, rest: Partial<Fleet> = {}) =>
  trustMaterialOf({ fleet: 'a', clusters: { east: { trustDomain: 'east.test', ...cluster } }, ...rest }, 'east');

test('expects the root beside the fleet file, by trust domain', () => {
  expect(materialOf({})).toEqual({
    trustDomain: 'east.test',
    rootFile: 'trust/east.test.pem',
    secret: 'spire-upstream-ca',
    namespace: 'spire-server',
  });
});

test('expects the Secret where the server is, also in the shared layout', () => {
  expect(materialOf({}, { spire: { namespaces: 'shared' } })?.namespace).toBe('spire');
});

test('expects nothing where a bundle is pinned or the public web vouches', () => {
  const web = { address: 'a.test', profile: 'https_web' as const };
  expect(materialOf({ trust: { bundle: 'b.json' } })).toBeUndefined();
  expect(materialOf({ bundleEndpoint: web })).toBeUndefined();
  expect(materialOf({ bundleEndpoint: web, trust: { root: 'r.pem' } })?.rootFile).toBe('r.pem');
});

test('expects nothing of a cluster that is not in the fleet', () => {
  expect(trustMaterialOf({ fleet: 'a', clusters: {} }, 'east')).toBeUndefined();
});
