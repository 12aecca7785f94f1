import { pinnedAddress } from '../../../lib/model/cluster/load-balancer';

const metallb = { metallb: { addresses: ['192.0.2.0/24'] } };

test('requests the address from MetalLB, in its pool', () => {
  expect(pinnedAddress({ address: '192.0.2.1' }, metallb)).toEqual({
    annotations: { 'metallb.io/address-pool': 'spire', 'metallb.io/loadBalancerIPs': '192.0.2.1' },
    allocateNodePorts: false,
    family: { ipFamilyPolicy: 'SingleStack', ipFamilies: ['IPv4'] },
  });
});

test.each([['192.0.2.1'], ['2001:db8::1']])(
  'asks any other load balancer for %s by the field they all know',
  (address) => {
    expect(pinnedAddress({ address }, undefined)).toMatchObject({ loadBalancerIp: address });
  },
);

test('requests no address if the endpoint is a DNS name', () => {
  expect(pinnedAddress({ address: 'edge.example.org' }, undefined)).toEqual({});
});

test.each([
  ['192.0.2.1', 'IPv4'],
  ['2001:db8::1', 'IPv6'],
])('requests the IP family of %s, independent of the first family of the cluster', (address, family) => {
  const families = { ipFamilyPolicy: 'SingleStack', ipFamilies: [family] };
  expect(pinnedAddress({ address }, undefined).family).toEqual(families);
  expect(pinnedAddress({ address }, metallb).family).toEqual(families);
});

test('adds the annotations and the class that the fleet gives', () => {
  const given = { address: '192.0.2.1', annotations: { a: 'b' }, loadBalancerClass: 'example.org/internal' };
  expect(pinnedAddress(given, undefined)).toMatchObject({
    annotations: { a: 'b' },
    loadBalancerClass: 'example.org/internal',
  });
  expect(pinnedAddress(given, metallb).annotations).toEqual({
    a: 'b',
    'metallb.io/address-pool': 'spire',
    'metallb.io/loadBalancerIPs': '192.0.2.1',
  });
});
