import { ServerApi } from '../../lib/nesting/server-api';
import { find, objectsOf } from '../manifests';
import { clustersOf, NESTED } from '../resolved';

async function objects(text = NESTED) {
  const { east } = await clustersOf(text);
  return objectsOf((scope) => new ServerApi(scope, 'api', { ...east!, serverApi: east!.serverApi! }));
}

test('has a load balancer of its own at the address of the fleet, so that agents inside go on by the Service before', async () => {
  const { metadata, spec } = find(await objects(), 'Service', 'spire-server-api');
  expect(metadata.namespace).toBe('spire-server');
  expect(spec).toMatchObject({
    type: 'LoadBalancer',
    loadBalancerIP: '192.0.2.12',
    ports: [{ port: 8081, targetPort: 'grpc' }],
  });
});

test('asks MetalLB for the address where MetalLB gives them out', async () => {
  const text = NESTED.replace(
    'bundleEndpoint: { address: 192.0.2.10 }',
    '$&, loadBalancer: { metallb: { addresses: [192.0.2.0/28] } }',
  );
  const { metadata, spec } = find(await objects(text), 'Service');
  expect(metadata.annotations).toMatchObject({ 'metallb.io/loadBalancerIPs': '192.0.2.12' });
  expect(spec).toMatchObject({ allocateLoadBalancerNodePorts: false });
});

test('opens the API of the server to other clusters, and writes no policy where none is wanted', async () => {
  expect(find(await objects(), 'NetworkPolicy').spec).toMatchObject({ ingress: [{ ports: [{ port: 8081 }] }] });
  const without = await objects(NESTED.replace('fleet: nested', '$&\nspire: { networkPolicies: false }'));
  expect(without.map(({ kind }) => kind)).toEqual(['Service']);
});
