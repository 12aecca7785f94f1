import { SpireAgent } from '../../lib/spire/agent';
import { renderAgentConfig } from '../../lib/spire/agent-config';
import { find, objectsOf, podOf } from '../manifests';
import { clustersOf, loneCluster } from '../resolved';

async function settingsOf(keys: string, rest = ''): Promise<Record<string, unknown>> {
  const cluster = await loneCluster(`spire: { agent: { ${keys} }${rest} }`);
  return (JSON.parse(renderAgentConfig(cluster)) as { agent: Record<string, unknown> }).agent;
}

test.each([
  ['x509SvidKeyType: ec-p384', { workload_x509_svid_key_type: 'ec-p384' }],
  ['x509SvidCacheSize: 5000, jwtSvidCacheSize: 200', { x509_svid_cache_max_size: 5000, jwt_svid_cache_max_size: 200 }],
  ['rebootstrap: { mode: always, delay: 1m }', { rebootstrap_mode: 'always', rebootstrap_delay: '1m' }],
  ['rebootstrap: { delay: 1h }', { rebootstrap_mode: 'auto', rebootstrap_delay: '1h' }],
  [
    'experimental: { syncInterval: 15s, requirePostQuantumKeyExchange: true }',
    { experimental: { sync_interval: '15s', require_pq_kem: true } },
  ],
  [
    'experimental: { rateLimits: { fetchX509Svid: 1, fetchJwtSvid: 2, fetchX509Bundles: 3, fetchJwtBundles: 4, streamSecrets: 5, fetchSecrets: 6 } }',
    {
      experimental: {
        ratelimit: {
          fetch_x509_svid: 1,
          fetch_jwt_svid: 2,
          fetch_x509_bundles: 3,
          fetch_jwt_bundles: 4,
          stream_secrets: 5,
          fetch_secrets: 6,
        },
      },
    },
  ],
  [
    'trustBundle: { url: "https://trust.test/east.json", format: spiffe }',
    { trust_bundle_url: 'https://trust.test/east.json', trust_bundle_format: 'spiffe' },
  ],
  [
    'trustBundle: { url: "https://trust.test/east.pem" }',
    { trust_bundle_url: 'https://trust.test/east.pem', trust_bundle_format: 'pem' },
  ],
  [
    'admin: { delegates: [/ns/edge/sa/broker, "spiffe://east.test/agent"] }',
    {
      admin_socket_path: '/run/spire/agent-admin/admin.sock',
      authorized_delegates: ['spiffe://east.test/agent', 'spiffe://east.test/ns/edge/sa/broker'],
    },
  ],
  ['logLevel: DEBUG, logFormat: json', { log_level: 'DEBUG', log_format: 'json' }],
])('writes %s', async (keys, expected) => {
  expect(await settingsOf(keys)).toMatchObject(expected);
});

test('writes an availability target for SVIDs that live long enough', async () => {
  const settings = await settingsOf('availabilityTarget: 24h', ', caTtl: 30d, x509SvidTtl: 48h');
  expect(settings.availability_target).toBe('24h');
});

test("takes the fleet's settings for a cluster that has others of its own", async () => {
  const { east } = await clustersOf(`
fleet: lone
spire: { agent: { x509SvidKeyType: rsa-2048, logLevel: WARN } }
clusters:
  east: { trustDomain: east.test, spire: { agent: { logLevel: DEBUG } } }`);
  expect(JSON.parse(renderAgentConfig(east!))).toMatchObject({
    agent: { workload_x509_svid_key_type: 'rsa-2048', log_level: 'DEBUG' },
  });
});

test('adds workload attestors beside that of Kubernetes, by which the identities of the output are chosen', async () => {
  const config = renderAgentConfig(await loneCluster('spire: { agent: { workloadAttestors: [unix] } }'));
  const { plugins } = JSON.parse(config) as { plugins: { WorkloadAttestor: readonly object[] } };
  expect(plugins.WorkloadAttestor).toEqual([{ k8s: expect.anything() }, { unix: { plugin_data: {} } }]);
});

test('waits for no ConfigMap where agents fetch their bundle', async () => {
  const byUrl = 'trustBundle: { url: "https://trust.test/east.pem" }';
  const mounted = async (keys: string) => {
    const cluster = await loneCluster(keys);
    const { volumes, containers } = podOf(
      find(
        objectsOf((scope) => new SpireAgent(scope, 'agent', cluster)),
        'DaemonSet',
      ),
    ).spec;
    return [volumes, containers[0]?.volumeMounts].map((all) => all?.some(({ name }) => name === 'bundle'));
  };
  expect(await mounted('')).toEqual([true, true]);
  expect(await mounted(`spire: { agent: { ${byUrl} } }`)).toEqual([false, false]);
  expect(await settingsOf(byUrl)).not.toHaveProperty('trust_bundle_path');
});

test('makes the admin socket in a folder of the node, only where there are delegates', async () => {
  const folders = async (keys: string) => {
    const cluster = await loneCluster(keys);
    const { volumes, containers } = podOf(
      find(
        objectsOf((scope) => new SpireAgent(scope, 'agent', cluster)),
        'DaemonSet',
      ),
    ).spec;
    const named = ({ name }: { readonly name: string }) => name === 'admin-socket';
    return [volumes?.find(named)?.hostPath, containers[0]?.volumeMounts?.find(named)?.mountPath];
  };
  const folder = '/run/spire/agent-admin';
  expect(await folders('')).toEqual([undefined, undefined]);
  expect(await folders('spire: { agent: { admin: { delegates: [/a] } } }')).toEqual([
    { path: folder, type: 'DirectoryOrCreate' },
    folder,
  ]);
});
