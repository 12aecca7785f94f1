import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart, JsonPatch, Testing } from 'cdk8s';
import { checkApp, FederatedCluster, type FederatedClusterProps } from '../../lib';
import type { KubernetesObject } from '../../lib/manifests/kubernetes-object';

const ROOT = join(__dirname, '..', '..');
const pem = (trustDomain: string): string => readFileSync(join(ROOT, 'trust', `${trustDomain}.pem`), 'utf8');

const props: FederatedClusterProps = {
  trustDomain: 'cluster1.demo',
  root: pem('cluster1.demo'),
  now: new Date('2026-12-01'),
  bundleEndpoint: { address: '172.16.17.11' },
  federatesWith: {
    bank: {
      trustDomain: 'cluster2.demo',
      root: pem('cluster2.demo'),
      bundleEndpoint: { url: 'https://spiffe.bank.example:8443' },
    },
  },
  workloads: { shop: { image: 'registry.example.org/shop:1.0', port: 8080 } },
};

function objectsOf(given: FederatedClusterProps): readonly KubernetesObject[] {
  const chart = new Chart(new App(), 'shop');
  new FederatedCluster(chart, 'east', given);
  return Testing.synth(chart) as readonly KubernetesObject[];
}

test('builds everything of a cluster below one construct', () => {
  const keys = objectsOf(props).map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  expect(keys).toEqual(
    expect.arrayContaining([
      'StatefulSet/spire-server',
      'DaemonSet/spire-agent',
      'CSIDriver/csi.spiffe.io',
      'ClusterFederatedTrustDomain/bank',
      'Deployment/shop',
    ]),
  );
  expect(keys.filter((key) => key.startsWith('CustomResourceDefinition')).length).toBeGreaterThan(2);
});

test('has the defaults of a fleet, and the name of the cluster from the id', () => {
  const [config] = objectsOf(props).filter(
    ({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'spire-server',
  ) as unknown as readonly { readonly data: Readonly<Record<string, string>> }[];
  const server = JSON.parse(String(config?.data['server.conf']));
  expect(server.server.ca_ttl).toBe('168h');
  expect(Object.keys(server.plugins.NodeAttestor[0].k8s_psat.plugin_data.clusters)).toEqual(['east']);
});

test('gives the values of Istio to those who install it by Helm', () => {
  const cluster = new FederatedCluster(new Chart(new App(), 'shop'), 'east', props);
  expect(JSON.stringify(cluster.istioChartValues)).toContain('cluster1.demo');
});

test('lists every problem with its key and what to do', () => {
  const wrong = { ...props, spire: { caTtl: '1' }, gateway: { address: '127.0.0.1' } };
  const message = messageOf(() => objectsOf(wrong));
  expect(message).toMatch(/^shop\/east cannot be built:\n/);
  expect(message).toContain('\n  clusters.east.gateway.address: "127.0.0.1" is not');
  expect(message).toContain('\n  clusters.east.spire.caTtl: "1" is not a duration');
  expect(message).toContain('\n    hint: ');
});

test('fails when a root certificate has expired', () => {
  expect(messageOf(() => objectsOf({ ...props, now: new Date('2200-01-01') }))).toContain('[root-expired]');
});

test('fails when there is no root', () => {
  const { root: _, ...without } = props;
  expect(messageOf(() => objectsOf(without))).toContain('clusters.east');
});

test('finds nothing to say against an app of whole clusters', () => {
  const app = new App();
  new FederatedCluster(new Chart(app, 'shop'), 'east', props);
  expect(checkApp(app, { kubernetes: '1.36' })).toEqual([]);
});

test('finds what is wrong in objects of an app, whoever made them', () => {
  const app = new App();
  const chart = new Chart(app, 'shop');
  new FederatedCluster(chart, 'east', props);
  const server = chart.node.findAll().find((one) => one.node.path.endsWith('server/stateful-set'));
  ApiObject.of(server as ApiObject).addJsonPatch(JsonPatch.replace('/spec/template/spec/serviceAccountName', 'nobody'));
  const faults = checkApp(app, { kubernetes: '1.36' });
  expect(faults.map(({ object, reason }) => `${object}: ${reason}`)).toContain(
    'StatefulSet/spire-server/spire-server: runs as ServiceAccount nobody, which does not exist in spire-server',
  );
});

test('checks the other charts of an app for what holds of any objects', () => {
  const app = new App();
  const chart = new Chart(app, 'mine');
  new FederatedCluster(new Chart(chart, 'inner'), 'east', props);
  const spec = {
    selector: { matchLabels: { app: 'mine' } },
    template: {
      metadata: { labels: { app: 'mine' } },
      spec: {
        containers: [{ name: 'mine', image: 'mine' }],
        volumes: ['known', 'other'].map((secretName) => ({ name: secretName, secret: { secretName } })),
      },
    },
  };
  const metadata = { name: 'mine', namespace: 'mine' };
  new ApiObject(chart, 'deployment', { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec });
  new ApiObject(chart, 'wrong', { apiVersion: 'v1', kind: 'Service', metadata, spec: { ports: 8080 } });
  new ApiObject(chart, 'foreign', { apiVersion: 'example.org/v1', kind: 'Thing', metadata });
  const faults = checkApp(app, { kubernetes: '1.36', secrets: ['mine/known'] });
  expect(faults).toEqual([
    { file: 'mine', object: 'Service/mine/mine', reason: expect.stringContaining('/spec/ports') },
    { file: 'mine', object: 'Deployment/mine/mine', reason: expect.stringContaining('the unpinned image mine') },
    { file: 'mine', object: 'Deployment/mine/mine', reason: expect.stringContaining('mounts Secret other') },
  ]);
});

function messageOf(build: () => unknown): string {
  try {
    build();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was thrown';
}

test('federates workloads as well: a gateway for those of others that call, and a way to their hosts', () => {
  const bank = { ...props.federatesWith!.bank!, gateway: { address: '198.51.100.7', spiffeId: '/gateway' } };
  const objects = objectsOf({
    ...props,
    gateway: { address: '192.0.2.10' },
    istio: { cni: true },
    federatesWith: { bank },
    workloads: {
      shop: { image: 'registry.example.org/shop:1.0', port: 8080, host: 'shop.example', calls: ['ledger'] },
      ledger: { partner: 'bank', host: 'ledger.bank.example' },
      orders: { partner: 'bank', spiffeId: '/orders', calls: ['shop'] },
    },
  });
  const policy = objects.find(({ kind, metadata }) => kind === 'AuthorizationPolicy' && metadata.name === 'host-shop');
  expect(JSON.stringify(policy)).toContain('"cluster2.demo/orders"');
  const entry = objects.find(({ kind }) => kind === 'ServiceEntry');
  expect(JSON.stringify(entry)).toContain('"address":"198.51.100.7"');
});

test('has Kiali and Prometheus where it has a mesh, unless they are not wanted', () => {
  const names = (given: FederatedClusterProps) =>
    objectsOf(given).flatMap(({ kind, metadata }) => (kind === 'Deployment' ? [metadata.name] : []));
  expect(names(props)).toEqual(expect.arrayContaining(['kiali', 'prometheus']));
  expect(names({ ...props, observability: false })).not.toContain('kiali');
  expect(names({ ...props, istio: { dataplane: 'none' } })).not.toContain('kiali');
});
