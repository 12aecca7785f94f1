import { AddressPool } from '../../lib/metallb/address-pool';
import { pinnedAddress } from '../../lib/model/cluster/load-balancer';
import { find, objectsOf } from '../manifests';

const loadBalancer = { metallb: { addresses: ['192.0.2.0/31', '192.0.2.8-192.0.2.9'] } };
const objects = objectsOf((scope) => new AddressPool(scope, 'pool', loadBalancer));

test('hands out the addresses of the fleet, and none to a Service that did not ask', () => {
  expect(find(objects, 'IPAddressPool').spec).toEqual({ addresses: loadBalancer.metallb.addresses, autoAssign: false });
});

test('announces its own pool, and no other', () => {
  const { name, namespace } = find(objects, 'IPAddressPool').metadata;
  expect(find(objects, 'L2Advertisement')).toMatchObject({ metadata: { namespace }, spec: { ipAddressPools: [name] } });
});

test('is the pool that Services ask', () => {
  const { name } = find(objects, 'IPAddressPool').metadata;
  expect(pinnedAddress({ address: '192.0.2.0' }, loadBalancer).annotations).toMatchObject({
    'metallb.io/address-pool': name,
  });
});
