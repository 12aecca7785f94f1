import { codesOf } from '../reported';
import { clustersOf, lone, loneCluster, PAIR, resolveText } from '../resolved';

/** Namespace to level and injection. */
async function namespacesOf(keys: string, workloads = '') {
  const { namespaces } = await loneCluster(keys, workloads);
  return Object.fromEntries(namespaces.map(({ name, podSecurity, injection }) => [name, [podSecurity, injection]]));
}

describe('namespaces', () => {
  test('keep the server apart under the restricted level in the separate layout', async () => {
    expect(await namespacesOf('')).toEqual({
      'istio-system': ['baseline', undefined],
      'spire-server': ['restricted', 'disabled'],
      'spire-system': ['privileged', 'disabled'],
    });
  });

  test('take the level of the agents in the shared layout', async () => {
    expect(await namespacesOf('spire: { namespaces: shared }')).toEqual({
      'istio-system': ['baseline', undefined],
      spire: ['privileged', 'disabled'],
    });
  });

  test('of deployed workloads let istio-init work and the webhook look', async () => {
    expect(await namespacesOf('', 'a: { cluster: east, image: "a:1", namespace: n }')).toMatchObject({
      n: ['privileged', 'enabled'],
    });
  });

  test('of pods from elsewhere, and "default", are not ours to create', async () => {
    const names = Object.keys(
      await namespacesOf(
        '',
        'a: { cluster: east, pods: { labels: { app: a } } }, b: { cluster: east, image: "b:1", namespace: default }',
      ),
    );
    expect(names).toEqual(['istio-system', 'spire-server', 'spire-system']);
  });
});

describe('required Secrets', () => {
  const secretsOf = async (keys: string) =>
    (await loneCluster(keys)).requiredSecrets.map(({ namespace, name, type }) => [namespace, name, type]);

  test('are the intermediate CA, where the server is', async () => {
    expect(await secretsOf('')).toEqual([['spire-server', 'spire-upstream-ca', 'kubernetes.io/tls']]);
    expect(await secretsOf('spire: { namespaces: shared }, trust: { secret: ca }')).toEqual([
      ['spire', 'ca', 'kubernetes.io/tls'],
    ]);
  });

  test('are the web certificate alone for https_web without a root', async () => {
    const endpoint = 'bundleEndpoint: { address: a.test, profile: https_web, webCertificate: web }';
    expect(await secretsOf(endpoint)).toEqual([['spire-server', 'web', 'kubernetes.io/tls']]);
  });

  test("are each of the hosts' own certificates, once, where the gateway is", async () => {
    const credential = (spiffeId: string): string => `credential: { secret: tls, spiffeId: ${spiffeId} }`;
    const { west } = await clustersOf(`
fleet: credentials
clusters:
  east: { trustDomain: east.test, bundleEndpoint: { address: 192.0.2.10 } }
  west: { trustDomain: west.test, bundleEndpoint: { address: 192.0.2.20 }, gateway: { address: 192.0.2.21 } }
federation: [{ between: [east, west] }]
workloads:
  a: { cluster: west, image: "a:1", port: 80, host: a.test, ${credential('/a')} }
  b: { cluster: west, image: "b:1", port: 80, host: b.test, ${credential('/b')} }
  c: { cluster: east, preset: curl-greeter, calls: [a, b] }`);
    expect(west?.requiredSecrets.slice(1)).toMatchObject([
      { namespace: 'istio-system', name: 'tls', keys: ['tls.crt', 'tls.key', 'ca.crt'] },
    ]);
  });
});

describe('peers', () => {
  test('know each other by URL and by the SPIFFE ID of the server behind it', async () => {
    const { east, west } = await clustersOf(PAIR);
    expect(east?.peers).toMatchObject([
      { cluster: 'west', url: 'https://192.0.2.20:8443/', endpointSpiffeId: 'spiffe://west.test/spire/server' },
    ]);
    expect(west?.peers).toMatchObject([{ cluster: 'east', trustDomain: 'east.test' }]);
  });

  test('are those that the federation names, not all of the fleet', async () => {
    const names = ['hub', 'one', 'two'];
    const clusters = names.map(
      (name, index) => `${name}: { trustDomain: ${name}.test, bundleEndpoint: { address: 192.0.2.${index} } }`,
    );
    const found = await clustersOf(
      `{ fleet: star, clusters: { ${clusters.join(', ')} }, federation: [{ hub: hub, spokes: [one, two] }] }`,
    );
    expect(names.map((name) => found[name]?.peers.map(({ cluster }) => cluster))).toEqual([
      ['one', 'two'],
      ['hub'],
      ['hub'],
    ]);
  });
});

test('resolves the same fleet the same way whatever the order of its keys', async () => {
  const shuffled = `
workloads:
  bookinfo: { host: bookinfo.test, preset: bookinfo, cluster: west }
  greeter: { calls: [bookinfo], spiffeId: /greeter, preset: curl-greeter, cluster: east }
federation: [{ between: [west, east] }]
clusters:
  west: { gateway: { address: 192.0.2.21 }, bundleEndpoint: { address: 192.0.2.20 }, trustDomain: west.test }
  east: { bundleEndpoint: { address: 192.0.2.10 }, trustDomain: east.test }
fleet: pair
`;
  expect((await resolveText(shuffled)).fleet).toEqual((await resolveText(PAIR)).fleet);
});

test("prefers a cluster's own word on observability, and deploys it where nobody says anything", async () => {
  const { east, west } = await clustersOf(
    '{ fleet: a, observability: false, clusters: { east: { trustDomain: east.test }, west: { trustDomain: west.test, observability: true } } }',
  );
  expect([east, west, await loneCluster()].map((cluster) => cluster?.observability?.prometheus.deployed)).toEqual([
    undefined,
    true,
    true,
  ]);
});

test('fails when the trust domain is used twice, at the later cluster', async () => {
  const { problems } = await resolveText(
    '{ fleet: a, clusters: { b: { trustDomain: x.test, trust: { bundle: b.json } }, a: { trustDomain: x.test } } }',
  );
  expect(problems).toContainEqual(
    expect.objectContaining({ code: 'duplicate-trust-domain', place: { path: ['clusters', 'b', 'trustDomain'] } }),
  );
});

test('fails once on a cluster that peers could not poll, however many there are', async () => {
  const clusters = ['b', 'c'].map(
    (name, index) => `${name}: { trustDomain: ${name}.test, bundleEndpoint: { address: 192.0.2.${index} } }`,
  );
  const { problems } = await resolveText(
    `{ fleet: a, clusters: { a: { trustDomain: a.test }, ${clusters.join(', ')} }, federation: [{ between: [a, b, c] }] }`,
  );
  expect(problems).toMatchObject([{ code: 'missing-bundle-endpoint', facts: { cluster: 'a' } }]);
});

test('gives no fleet as long as there is an error, and all errors at once', async () => {
  const { fleet, problems } = await resolveText(
    lone(
      'versions: { spire: 1.0.0 }, gateway: { address: 192.0.2.1 }, bundleEndpoint: { address: 192.0.2.1 }',
      'a: { cluster: x, image: "a:1" }',
    ),
  );
  expect(fleet).toBeUndefined();
  expect([...codesOf(problems)].sort()).toEqual(['address-in-use', 'unknown-cluster', 'unsupported-version']);
});

test('fails on a gateway port that the gateway has a use of its own for', async () => {
  const { problems } = await resolveText(lone('gateway: { address: 192.0.2.1, port: 15021 }'));
  expect(problems).toHaveLength(1);
});
