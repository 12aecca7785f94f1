import { join } from 'node:path';
import { commandLine, commandLineWith } from '../command-line';
import { fleetFile, temporaryFolder } from '../support';

const ROOT = join(__dirname, '..', '..');
const PARTNER = join(ROOT, 'examples', 'partner');

/** Marks and names of the links, in the order of the answer. */
const linksOf = (json: string): readonly string[] =>
  (JSON.parse(json) as { links: readonly { status: string; name: string }[] }).links.map(
    ({ status, name }) => `${status} ${name}`,
  );

test('walks the chain of a declared call, each link with its line in the fleet and its manifest', async () => {
  const { exitCode, printed } = await commandLine(ROOT, 'explain', 'curl-greeter', 'bookinfo');
  expect(exitCode).toBe(0);
  expect(printed).toMatch(/^curl-greeter \(cluster1\) -> bookinfo \(cluster2\): allowed$/m);
  expect(printed).toMatch(/declaration +the fleet says that curl-greeter calls bookinfo\n +fleet\.yaml:37:13$/m);
  expect(printed).toContain('dist/cluster1/edge/call-bookinfo.yaml');
  expect(printed).not.toMatch(/^ {2}[-?]/m);
});

test('names the links in the order in which a call needs them', async () => {
  const { printed } = await commandLine(ROOT, 'explain', 'curl-greeter', 'bookinfo', '--json');
  expect(linksOf(printed)).toEqual(
    [
      'caller-identity',
      'called-identity',
      'service',
      'federation',
      'caller-bundle',
      'called-bundle',
      'gateway',
      'host',
      'call',
      'caller-federates',
      'gateway-federates',
      'proxy',
      'route',
      'admission',
      'policy',
    ].map((name) => `holds ${name}`),
  );
});

test('asks no federation of a call within one trust domain, from one cluster to another, and all the rest', async () => {
  const { printed } = await commandLine(join(ROOT, 'examples', 'nested'), 'explain', 'till', 'catalogue', '--json');
  const links = ['caller-identity', 'called-identity', 'service', 'federation', 'gateway', 'host', 'call'];
  expect(linksOf(printed)).toEqual([...links, 'proxy', 'route', 'admission', 'policy'].map((name) => `holds ${name}`));
  expect(printed).toContain('branch-east and main are both of shop.example, under one root');
});

const TWO = `
fleet: two
clusters:
  east: { trustDomain: td0.example, trust: { bundle: b.json }, bundleEndpoint: { address: 192.0.2.1 } }
`;

test.each([
  ['federation', 'billing', 'payments', 'missing federation', /add under federation: - between: \[jobs, bank\]/],
  ['a Service', 'orders', 'billing', 'missing service', /give billing a service:/],
  ['the declaration', 'storefront', 'settlement', 'missing host', /add host: to settlement/],
])('ends at the first link that is missing: %s', async (_, caller, called, last, hint) => {
  const { exitCode, printed } = await commandLine(PARTNER, 'explain', caller, called, '--json');
  expect(exitCode).toBe(1);
  expect(linksOf(printed).at(-1)).toBe(last);
  expect((await commandLine(PARTNER, 'explain', caller, called)).printed).toMatch(hint);
});

test('says so where somebody else has the last word', async () => {
  const { exitCode, printed } = await commandLine(PARTNER, 'explain', 'storefront', 'payments');
  expect(exitCode).toBe(0);
  expect(printed).toMatch(/somebody else has the last word/);
  expect(printed).toMatch(/\? admission +bank decides whom its gateway admits/);
});

test('answers for every pod that a name can mean', async () => {
  const ids = async (name: string): Promise<readonly string[]> => {
    const { printed } = await commandLine(ROOT, 'explain', name, '--json');
    return (JSON.parse(printed) as { svid: { spiffeId: string } }[]).map(({ svid }) => svid.spiffeId);
  };
  const ratings = ['spiffe://cluster2.demo/ns/bookinfo/sa/bookinfo-ratings'];
  expect(await ids('ratings-v1')).toEqual(ratings);
  expect(await ids('ratings-v1-7d9c8b5f6d-x2x9q')).toEqual(ratings);
  expect(await ids('cluster2/bookinfo/ratings-v1')).toEqual(ratings);
  expect(await ids('bookinfo')).toHaveLength(6);
  expect(await ids('istio-ingressgateway')).toEqual([
    'spiffe://cluster2.demo/ns/istio-system/sa/istio-ingressgateway-service-account',
  ]);
});

const pod = (namespace: string, labels: string, more = ''): string => `
apiVersion: v1
kind: Pod
metadata:
  name: some
  namespace: ${namespace}
  labels: { ${labels} }
  annotations: { inject.istio.io/templates: "sidecar,spire" }
spec: { serviceAccountName: robot, containers: []${more} }
`;

test.each([
  [
    'by the label for the rest of the mesh',
    pod('shop', 'spiffe.io/spire-managed-identity: "true"'),
    'spiffe://cluster2.demo/ns/shop/sa/robot',
  ],
  ['not in an ignored namespace', pod('kube-system', 'spiffe.io/spire-managed-identity: "true"'), 'SPIRE ignores it'],
  ['not without a label', pod('shop', 'app: x'), 'no rule of cluster2 selects it'],
  [
    'not in another namespace than its rule',
    pod('shop', 'spiffe.io/spire-managed-identity: bookinfo'),
    'workload-bookinfo would, but its namespace is shop, not bookinfo',
  ],
  [
    'not as another ServiceAccount',
    pod('istio-system', 'istio: ingressgateway, spiffe.io/spire-managed-identity: istio-ingressgateway'),
    'its ServiceAccount is robot, not istio-ingressgateway-service-account',
  ],
  [
    'not where nothing asks',
    pod('shop', 'spiffe.io/spire-managed-identity: "true"').replace('sidecar,spire', 'sidecar'),
    'nothing in the pod asks for it',
  ],
])('says what a pod from standard input gets: an SVID %s', async (_, manifest, says) => {
  const { printed, exitCode } = await commandLineWith(manifest, ROOT, 'explain', '-', '--cluster', 'cluster2');
  expect(printed).toContain(says);
  expect(exitCode).toBe(says.startsWith('spiffe://') ? 0 : 1);
});

test.each([
  ['a workload that does not exist', ['curl-greeter', 'bokinfo'], 'did you mean "bookinfo"?'],
  ['a pod that does not exist', ['bokinfo'], 'did you mean "bookinfo"?'],
  ['a call to oneself', ['bookinfo', 'bookinfo'], 'name two'],
  ['a pod without its cluster', ['-'], "name the pod's cluster: --cluster cluster1|cluster2"],
  ['a text that is no pod', ['-', '--cluster', 'cluster1'], 'holds no Pod'],
])('asks again for %s', async (_, args, complaint) => {
  const { exitCode, complained } = await commandLineWith('kind: Service', ROOT, 'explain', ...args);
  expect([exitCode, complained]).toEqual([2, expect.stringContaining(complaint)]);
});

test('shows the problems of a fleet that has some, in place of an answer', async () => {
  const folder = temporaryFolder();
  fleetFile(TWO, folder);
  const { exitCode, printed, complained } = await commandLine(folder, 'explain', 'a', 'b');
  expect([exitCode, printed]).toEqual([1, '']);
  expect(complained).toMatch(/error\[file-missing\]/);
});
