import { pinnedAddress } from '../../lib/model/load-balancer';

const metallb = { metallb: { addresses: ['192.0.2.0/24'] } };

test('asks MetalLB for the address, in its pool', () => {
  expect(pinnedAddress('192.0.2.1', metallb)).toEqual({
    annotations: { 'metallb.io/address-pool': 'spire', 'metallb.io/loadBalancerIPs': '192.0.2.1' },
    allocateNodePorts: false,
  });
});

test.each([['192.0.2.1'], ['2001:db8::1']])(
  'asks any other load balancer for %s by the field they all know',
  (address) => {
    expect(pinnedAddress(address, undefined)).toEqual({ loadBalancerIp: address });
  },
);

test('asks for no address where a DNS name will point at whatever there is', () => {
  expect(pinnedAddress('edge.example.org', undefined)).toEqual({});
});
