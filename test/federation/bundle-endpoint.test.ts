import { chooseExposure } from '../../lib/exposure/catalog';
import { BundleEndpoint } from '../../lib/federation/bundle-endpoint';
import { SpireServer } from '../../lib/spire/server';
import { containerOf, find, objectsOf, podOf } from '../manifests';
import { loneCluster } from '../resolved';

async function serviceOf(endpoint: string, keys = '') {
  const cluster = await loneCluster(`bundleEndpoint: { ${endpoint} }, ${keys}`);
  const { bundleEndpoint } = cluster;
  const objects = objectsOf((scope) => {
    new BundleEndpoint(scope, 'endpoint', { ...cluster, bundleEndpoint: bundleEndpoint! });
    new SpireServer(scope, 'server', cluster);
  });
  return { service: find(objects, 'Service', 'spire-server-bundle-endpoint'), server: find(objects, 'StatefulSet') };
}

test('requests the address that peers use from the load balancer', async () => {
  const { service } = await serviceOf('address: 192.0.2.1, port: 443');
  expect(service.spec).toMatchObject({ type: 'LoadBalancer', loadBalancerIP: '192.0.2.1', ports: [{ port: 443 }] });
});

test('requests it from MetalLB if the cluster has one', async () => {
  const { service } = await serviceOf('address: 192.0.2.1', 'loadBalancer: { metallb: { addresses: [192.0.2.1/32] } }');
  expect(service.metadata).toMatchObject({ annotations: { 'metallb.io/loadBalancerIPs': '192.0.2.1' } });
  expect(service.spec).not.toHaveProperty('loadBalancerIP');
});

test('uses the port of peers as the node port', async () => {
  const { service } = await serviceOf('address: 192.0.2.1, expose: NodePort, port: 30843');
  expect(service.spec).toMatchObject({ type: 'NodePort', ports: [{ port: 8443, nodePort: 30843 }] });
});

test.each([
  ['NodePort', 'expose: NodePort, port: 30843'],
  ['ClusterIP', 'expose: ClusterIP'],
])('pins no address on a %s', async (type, endpoint) => {
  const { service } = await serviceOf(`address: 192.0.2.1, ${endpoint}`);
  expect(service.spec).toMatchObject({ type });
  expect(service.spec).not.toHaveProperty('loadBalancerIP');
  expect(service.metadata).not.toHaveProperty('annotations');
});

test('targets an open port of the selected pods', async () => {
  const { service, server } = await serviceOf('address: 192.0.2.1');
  const { selector, ports } = service.spec as { selector: object; ports: { targetPort: string }[] };
  expect(containerOf(server, 'spire-server').ports?.map(({ name }) => name)).toContain(ports[0]?.targetPort);
  expect(podOf(server).metadata).toMatchObject({ labels: selector });
  expect(service.metadata.namespace).toBe(server.metadata.namespace);
});

test.each([
  ['address: "2001:db8::1"', ['IPv6']],
  ['address: "2001:db8::1", expose: NodePort, port: 30843', ['IPv6']],
  ['address: 192.0.2.1', ['IPv4']],
  ['address: 192.0.2.1, expose: ClusterIP', undefined],
  ['address: spire.example.org', undefined],
])('has the family of its own address: { %s }', async (endpoint, families) => {
  const { service } = await serviceOf(endpoint);
  const policy = families && 'SingleStack';
  expect(service.spec).toEqual(
    expect.objectContaining(families ? { ipFamilies: families, ipFamilyPolicy: policy } : {}),
  );
  expect('ipFamilies' in (service.spec as object)).toBe(families !== undefined);
});

test.each(['', ', expose: ClusterIP'])('carries the annotations of the fleet { %s }', async (expose) => {
  const { service } = await serviceOf(
    `address: spire.example.org${expose}, annotations: { example.org/scheme: internal }`,
  );
  expect(service.metadata).toMatchObject({ annotations: { 'example.org/scheme': 'internal' } });
});

test('sets the load balancer class of the fleet', async () => {
  const { service } = await serviceOf('address: spire.example.org, loadBalancerClass: service.k8s.aws/nlb');
  expect(service.spec).toMatchObject({ loadBalancerClass: 'service.k8s.aws/nlb' });
});

test('fails for a node port without a port, with the key that is missing', () => {
  const bundleEndpoint = { address: '192.0.2.1', exposure: chooseExposure.nodePort() };
  expect(() => objectsOf((scope) => new BundleEndpoint(scope, 'endpoint', { bundleEndpoint }))).toThrow(
    /^test\/endpoint cannot be built:\n {2}bundleEndpoint: .*port.*\[missing-key\]/,
  );
});
