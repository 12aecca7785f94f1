import type { Fleet, FleetCluster } from '../../../lib/fleet/schema';
import { checkAddresses } from '../../../lib/model/cluster/address-claims';
import type { FleetDraft } from '../../../lib/model/fleet-draft';
import { addressInUse } from '../../../lib/model/rules/address-in-use';
import { addressOutsidePool } from '../../../lib/model/rules/address-outside-pool';
import { poolOverlap } from '../../../lib/model/rules/pool-overlap';
import { codesOf, collector } from '../../reported';

function problemsOf(...clusters: readonly Partial<FleetCluster>[]) {
  const { problems, report } = collector();
  const named = clusters.map((cluster, index) => [`c${index}`, { trustDomain: `c${index}.test`, ...cluster }]);
  const fleet: Fleet = { fleet: 'a', clusters: Object.fromEntries(named) };
  checkAddresses(fleet, report);
  for (const rule of [addressInUse, addressOutsidePool, poolOverlap]) {
    rule.run({ written: fleet } as FleetDraft, report);
  }
  return problems;
}

const pool = (...addresses: string[]): Partial<FleetCluster> => ({ loadBalancer: { metallb: { addresses } } });

/** Problem codes of a gateway address and the pool it is to come from. */
const codesFor = (address: string, ...ranges: string[]) =>
  codesOf(problemsOf({ ...pool(...ranges), gateway: { address } }));

test.each([
  ['172.16.17.9', '172.16.17.9/32'],
  ['172.16.17.2', '172.16.17.2/31'],
  ['172.16.17.3', '172.16.17.2/31'],
  ['172.16.17.3', '172.16.17.3/31'],
  ['10.0.255.255', '10.0.7.1/16'],
  ['10.0.0.5', '10.0.0.5-10.0.0.9'],
  ['10.0.0.9', '10.0.0.5-10.0.0.9'],
  ['10.0.1.0', '10.0.0.250-10.0.1.5'],
  ['2001:db8::ff', '2001:db8::/120'],
  ['2001:DB8:0:0::10', '2001:db8::1-2001:db8::20'],
])('finds %s in the pool %s', (address, range) => {
  expect(codesFor(address, range)).toEqual([]);
});

test.each([
  ['172.16.17.8', '172.16.17.9/32'],
  ['172.16.17.4', '172.16.17.2/31'],
  ['172.16.17.1', '172.16.17.2/31'],
  ['10.0.0.4', '10.0.0.5-10.0.0.9'],
  ['10.0.0.10', '10.0.0.5-10.0.0.9'],
  ['2001:db8::100', '2001:db8::/120'],
  ['2001:db8::1', '10.0.0.0/8'],
  ['10.0.0.1', '2001:db8::/32'],
])('fails on %s outside of the pool %s', (address, range) => {
  expect(codesFor(address, range)).toEqual(['address-outside-pool']);
});

test('searches all ranges of a pool', () => {
  expect(codesFor('10.0.2.1', '10.0.0.0/24', '2001:db8::/64', '10.0.2.1-10.0.2.2')).toEqual([]);
});

test('fails on a host name only if MetalLB assigns the address', () => {
  expect(codesFor('edge.example.org', '10.0.0.0/24')).toEqual(['address-not-ip']);
  expect(problemsOf({ gateway: { address: 'edge.example.org' } })).toEqual([]);
});

test.each([
  ['10.0.0.0/24', '10.0.0.0/24'],
  ['10.0.0.0/24', '10.0.0.128/25'],
  ['10.0.0.128/25', '10.0.0.0/24'],
  ['10.0.0.200/24', '10.0.0.0/25'],
  ['10.0.0.5-10.0.0.9', '10.0.0.9-10.0.0.12'],
  ['10.0.0.5-10.0.0.9', '10.0.0.6-10.0.0.7'],
  ['10.0.0.6-10.0.0.7', '10.0.0.0/24'],
  ['10.0.0.1-10.0.1.1', '10.0.0.128/25'],
  ['2001:db8::/64', '2001:db8::1-2001:db8::2'],
])('fails on %s overlapping %s', (one, other) => {
  expect(codesOf(problemsOf(pool(one, other)))).toEqual(['pool-overlap']);
});

test.each([
  ['10.0.0.0/25', '10.0.0.128/25'],
  ['10.0.0.5-10.0.0.9', '10.0.0.10-10.0.0.12'],
  ['10.0.0.0/8', '2001:db8::/32'],
])('accepts %s with %s', (one, other) => {
  expect(problemsOf(pool(one, other))).toEqual([]);
});

const endpoint = (address: string, expose?: 'NodePort' | 'ClusterIP'): Partial<FleetCluster> => ({
  bundleEndpoint: { address, expose },
});

test('fails on an address that two load balancers would have to share, at both places', () => {
  const problems = problemsOf({ ...endpoint('192.0.2.1'), gateway: { address: '192.0.2.1' } });
  expect(problems).toMatchObject([
    {
      code: 'address-in-use',
      place: { path: ['clusters', 'c0', 'gateway', 'address'] },
      facts: { first: ['clusters', 'c0', 'bundleEndpoint', 'address'] },
    },
  ]);
});

test('fails on an address that two clusters claim', () => {
  expect(codesOf(problemsOf(endpoint('192.0.2.1'), endpoint('192.0.2.1')))).toEqual(['address-in-use']);
});

test('fails on one IPv6 address in two spellings', () => {
  expect(codesOf(problemsOf(endpoint('2001:db8::1'), endpoint('2001:DB8:0::1')))).toEqual(['address-in-use']);
});

test.each(['NodePort', 'ClusterIP'] as const)(
  'leaves the address of a %s alone, which no load balancer assigns',
  (expose) => {
    const cluster = { ...pool('10.0.0.0/24'), ...endpoint('192.0.2.1', expose) };
    expect(problemsOf(cluster, endpoint('192.0.2.1', expose))).toEqual([]);
  },
);
