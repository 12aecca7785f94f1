import type { Fleet } from '../../lib/fleet/schema';
import { setting } from '../../lib/model/settings';

const fleet: Fleet = {
  fleet: 'a',
  versions: { spire: '1.14.0', istio: '1.30.0' },
  clusters: { east: { trustDomain: 'east.test', versions: { spire: '1.15.0' } }, west: { trustDomain: 'west.test' } },
};

test('prefers the setting of the cluster, and reports its place', () => {
  expect(setting(fleet, 'east', 'versions', 'spire')).toEqual({
    value: '1.15.0',
    place: ['clusters', 'east', 'versions', 'spire'],
  });
});

test('falls back to the fleet for each key that the cluster does not set', () => {
  expect(setting(fleet, 'east', 'versions', 'istio')).toEqual({ value: '1.30.0', place: ['versions', 'istio'] });
  expect(setting(fleet, 'west', 'versions', 'spire')).toEqual({ value: '1.14.0', place: ['versions', 'spire'] });
});

test('points at the cluster if neither sets the key', () => {
  expect(setting(fleet, 'west', 'spire', 'caTtl')).toEqual({ value: undefined, place: ['clusters', 'west'] });
});
