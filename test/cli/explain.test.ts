import { join } from 'node:path';
import { commandLine, commandLineWith } from '../command-line';

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
  expect(printed).toMatch(/declaration +the fleet declares that curl-greeter calls bookinfo\n +fleet\.yaml:37:13$/m);
  expect(printed).toContain('dist/cluster1/edge/call-bookinfo.yaml');
  expect(printed).not.toMatch(/^ {2}[-?]/m);
});

test('names the links in the order in which a call needs them', async () => {
  const { printed } = await commandLine(ROOT, 'explain', 'curl-greeter', 'bookinfo', '--json');
  expect(linksOf(printed)).toEqual(
    [
      'caller-identity',
      'called-identity',
      'caller-ca',
      'called-ca',
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

test.each([
  [
    'examples/production',
    'storefront',
    'stock',
    'caller-ca',
    '3 to 6 servers (entries in awsPostgres, keys in awsKms) sign for cloud.shop.example, with a CA that is signed by certManager under root ',
  ],
  [
    'examples/production',
    'storefront',
    'stock',
    'called-ca',
    '3 servers (entries in postgres, keys in vault) sign for cellar.shop.example, with a CA that is signed by vault under root ',
  ],
  ['examples/nested', 'till', 'catalogue', 'caller-ca', 'with a CA that is signed by the server of main under root '],
  [
    '.',
    'curl-greeter',
    'bookinfo',
    'caller-ca',
    'one server (entries in sqlite, keys in disk) signs for cluster1.demo, with a CA that is signed by secret under root ',
  ],
])('tells in %s who signs for a call of %s to %s: %s', async (folder, caller, called, name, says) => {
  const { printed } = await commandLine(join(ROOT, folder), 'explain', caller, called, '--json');
  const { links } = JSON.parse(printed) as { links: readonly { name: string; says: string }[] };
  expect(links.find((link) => link.name === name)?.says).toContain(says);
});

test('asks no federation of a call within one trust domain, from one cluster to another, and all the rest', async () => {
  const { printed } = await commandLine(join(ROOT, 'examples', 'nested'), 'explain', 'till', 'catalogue', '--json');
  const links = [
    'caller-identity',
    'called-identity',
    'caller-ca',
    'called-ca',
    'service',
    'federation',
    'gateway',
    'host',
    'call',
  ];
  expect(linksOf(printed)).toEqual([...links, 'proxy', 'route', 'admission', 'policy'].map((name) => `holds ${name}`));
  expect(printed).toContain('branch-east and main share the trust domain shop.example and its root');
});

test.each([
  ['federation', 'billing', 'payments', 'missing federation', /add under federation: - between: \[jobs, bank\]/],
  ['a Service', 'orders', 'billing', 'missing service', /add service and port to billing/],
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
  expect(printed).toMatch(/not refused by the fleet/);
  expect(printed).toMatch(/\? admission +bank decides which callers its gateway allows/);
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

test.each([
  ['a workload that does not exist', ['curl-greeter', 'bokinfo'], 'did you mean "bookinfo"?'],
  ['a pod that does not exist', ['bokinfo'], 'did you mean "bookinfo"?'],
  ['a call to oneself', ['bookinfo', 'bookinfo'], 'name two'],
  ['a pod without its cluster', ['-'], 'give the cluster of the pod: --cluster cluster1|cluster2'],
])('asks again for %s', async (_, args, complaint) => {
  const { exitCode, errorOutput } = await commandLineWith('kind: Service', ROOT, 'explain', ...args);
  expect([exitCode, errorOutput]).toEqual([2, expect.stringContaining(complaint)]);
});
