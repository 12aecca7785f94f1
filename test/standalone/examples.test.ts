import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { parseAllDocuments } from 'yaml';
import { delivery } from '../../docs/library/delivery';
import { federation } from '../../docs/library/federation';
import { fromAFleet } from '../../docs/library/from-a-fleet';
import { mesh } from '../../docs/library/mesh';
import { nesting } from '../../docs/library/nesting';
import { observability } from '../../docs/library/observability';
import { singleConstructs } from '../../docs/library/single-constructs';
import { wholeCluster } from '../../docs/library/whole-cluster';
import * as library from '../../lib';
import { checkApp, KeyManager, SpireServer, SpireServerRbac, UpstreamAuthority } from '../../lib';
import { trialCa } from '../resolved';

const ROOT = join(__dirname, '..', '..');
const pem = (trustDomain: string): string => readFileSync(join(ROOT, 'trust', `${trustDomain}.pem`), 'utf8');

test('the example of a whole cluster writes its objects', () => {
  const yaml = wholeCluster(join(ROOT, 'trust')).synthYaml();
  expect(yaml).toContain('kind: ClusterFederatedTrustDomain');
  expect(yaml).toContain('"ca_ttl": "48h"');
});

test('the example with a fleet file writes the objects of each cluster', () => {
  const yaml = fromAFleet(join(ROOT, 'fleet.yaml')).synthYaml();
  expect(yaml.match(/^kind: StatefulSet$/gm)).toHaveLength(2);
  expect(yaml.match(/^kind: ClusterFederatedTrustDomain$/gm)).toHaveLength(2);
});

test('docs/library.md shows every example as it runs', () => {
  const page = readFileSync(join(ROOT, 'docs', 'library.md'), 'utf8');
  const examples = readdirSync(join(ROOT, 'docs', 'library')).map((name) =>
    readFileSync(join(ROOT, 'docs', 'library', name), 'utf8'),
  );
  expect(examples.filter((example) => !page.includes(`\`\`\`ts\n${example}\`\`\``))).toEqual([]);
});

test('the example of single constructs writes a server with the plugins that it names, and nothing is wrong with it', async () => {
  const app = singleConstructs((await trialCa('a.example')).root);
  const objects = parseAllDocuments(app.synthYaml()).map((document) => document.toJS());
  const config = objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'spire-server');
  const { server, plugins } = JSON.parse(config.data['server.conf']);
  expect(server.log_level).toBe('DEBUG');
  expect(plugins.DataStore[0].sql.plugin_data.database_type).toBe('sqlite3');
  expect(plugins.UpstreamAuthority[0].disk).toBeDefined();
  expect(checkApp(app, { kubernetes: '1.36', secrets: ['spire-server/spire-upstream-ca'] })).toEqual([]);
});

test('the example of a federation writes a bundle endpoint and a link, and nothing is wrong with it', () => {
  const app = federation({ 'cluster1.demo': pem('cluster1.demo'), 'cluster2.demo': pem('cluster2.demo') });
  const yaml = app.synthYaml();
  expect(yaml).toContain('nodePort: 30443');
  expect(yaml).toContain('endpointSPIFFEID: spiffe://cluster2.demo/spire/server');
  expect(checkApp(app, { kubernetes: '1.36', secrets: ['spire-server/spire-upstream-ca'] })).toEqual([]);
});

test('the example of a mesh writes a workload that another trust domain calls, and nothing is wrong with it', () => {
  const { app, istioctl, charts } = mesh();
  const yaml = app.synthYaml();
  expect(yaml).toContain('name: shop');
  expect(yaml).toContain('host: shop.shop.svc.cluster.local');
  expect(yaml).toContain('targetPort: 443');
  expect(checkApp(app, { kubernetes: '1.36' })).toEqual([]);
  expect(istioctl.synthYaml()).toContain('loadBalancerIPs: 192.0.2.10');
  expect(Object.keys(charts)).toEqual(['base', 'istiod', 'gateway']);
});

test('the example of observability writes Kiali and its Prometheus, and nothing is wrong with it', () => {
  const app = observability();
  expect(app.synthYaml()).toContain('url: http://prometheus.istio-system:9090');
  expect(checkApp(app, { kubernetes: '1.36' })).toEqual([]);
});

test('the example of nested servers writes both, and nothing is wrong with them', async () => {
  const apps = nesting((await trialCa('a.example')).root, (await trialCa('nested.example')).root);
  expect(apps.upper.synthYaml()).toContain('parentID: spiffe://a.example/spire/agent/x509pop/west');
  expect(apps.nested.synthYaml()).toContain('"server_address": "192.0.2.12"');
  const kubernetes = '1.36';
  expect(checkApp(apps.upper, { kubernetes, secrets: ['spire-server/spire-upstream-ca'] })).toEqual([]);
  expect(checkApp(apps.nested, { kubernetes, secrets: ['spire-server/spire-upstream-agent'] })).toEqual([]);
});

test('the example of delivery orders the layers, and nothing is wrong with it', () => {
  const app = delivery();
  expect(app.synthYaml()).toContain('path: ./dist/east/spire-server');
  expect(app.synthYaml()).toContain('- name: east.spire-server');
  expect(checkApp(app, { kubernetes: '1.36' })).toEqual([]);
});

test('some example makes each construct of the library', () => {
  const made = readdirSync(join(ROOT, 'docs', 'library'))
    .flatMap((name) => [...readFileSync(join(ROOT, 'docs', 'library', name), 'utf8').matchAll(/\bnew (\w+)\(/g)])
    .map(([, name]) => name);
  const constructs = Object.entries(library)
    .filter(([, value]) => typeof value === 'function' && value.prototype instanceof Construct)
    .map(([name]) => name);
  expect(constructs.length).toBeGreaterThan(30);
  expect(constructs.filter((name) => !made.includes(name))).toEqual([]);
});

test('a server that cert-manager signs for may make CertificateRequests', async () => {
  const { root } = await trialCa('a.example');
  const chart = new Chart(new App(), 'spire');
  const upstreamAuthority = UpstreamAuthority.certManager('spire-intermediate', { kind: 'ClusterIssuer' });
  const server = { trustDomain: 'a.example', root, upstreamAuthority, keyManager: KeyManager.memory() };
  new SpireServerRbac(chart, 'rbac', server);
  new SpireServer(chart, 'server', server);
  const text = JSON.stringify(Testing.synth(chart));
  expect(text).toContain('"resources":["certificaterequests"],"verbs":["create","delete","get","list"]');
  expect(text).toContain('\\"issuer_kind\\": \\"ClusterIssuer\\"');
});
