import { X509Certificate } from 'node:crypto';
import { bundleFromRoots } from '../../lib/model/trust/bundle';
import { renderServerConfig } from '../../lib/spire/server-config';
import { clustersOf, lone, loneCluster, trialCa } from '../resolved';

interface ServerConfig {
  readonly server: { readonly federation?: { readonly bundle_endpoint: Readonly<Record<string, unknown>> } };
  readonly plugins: Readonly<Record<string, readonly Readonly<Record<string, { readonly plugin_data: unknown }>>[]>>;
}

const configOf = async (keys = ''): Promise<ServerConfig> =>
  JSON.parse(renderServerConfig(await loneCluster(keys))) as ServerConfig;

test('writes lifetimes as Go reads them, without days', async () => {
  const { server } = await configOf('spire: { caTtl: 14d, x509SvidTtl: 1d, jwtSvidTtl: 90s }');
  expect(server).toMatchObject({ ca_ttl: '336h', default_x509_svid_ttl: '24h', default_jwt_svid_ttl: '1m30s' });
});

test('keeps keys and datastore on its volume, so that they outlive the pod', async () => {
  const { plugins } = await configOf();
  expect(plugins).toMatchObject({
    KeyManager: [{ disk: { plugin_data: { keys_path: '/var/lib/spire/server/keys.json' } } }],
    DataStore: [{ sql: { plugin_data: { connection_string: '/var/lib/spire/server/datastore.sqlite3' } } }],
  });
});

test('signs under the intermediate, which must lead to the roots that peers know', async () => {
  const { plugins } = await configOf();
  expect(plugins.UpstreamAuthority).toEqual([
    {
      disk: {
        plugin_data: {
          cert_file_path: '/run/spire/upstream/tls.crt',
          key_file_path: '/run/spire/upstream/tls.key',
          bundle_file_path: '/run/spire/root/root.pem',
        },
      },
    },
  ]);
});

test('signs with a CA of its own where a bundle is pinned', async () => {
  const bundle = bundleFromRoots([new X509Certificate((await trialCa('east.test')).root)], 300);
  const { east } = await clustersOf(lone('trust: { bundle: b.json }'), { 'b.json': bundle.text });
  expect((JSON.parse(renderServerConfig(east!)) as ServerConfig).plugins).not.toHaveProperty('UpstreamAuthority');
});

describe('bundle endpoint', () => {
  const endpointOf = async (keys: string) =>
    (await configOf(`bundleEndpoint: { address: a.test, ${keys} }`)).server.federation?.bundle_endpoint;

  test('proves itself by its SVID unless told otherwise', async () => {
    expect(await endpointOf('refreshHint: 10m')).toMatchObject({
      refresh_hint: '10m',
      profile: [{ https_spiffe: {} }],
    });
  });

  test('serves the web certificate for https_web, and says how often it looks at the files', async () => {
    expect(await endpointOf('profile: https_web, webCertificate: web')).toMatchObject({
      profile: [
        {
          https_web: {
            serving_cert_file: {
              cert_file_path: '/run/spire/web/tls.crt',
              key_file_path: '/run/spire/web/tls.key',
              file_sync_interval: '1h',
            },
          },
        },
      ],
    });
  });

  test('listens on one port whatever port peers dial', async () => {
    expect(await endpointOf('port: 443')).toMatchObject({ port: 8443 });
  });

  test('is closed where the fleet names none', async () => {
    expect((await configOf()).server.federation).toBeUndefined();
  });
});

test.each(['1.12.4', '1.15.3'])('publishes the bundle to the namespace of the agents with SPIRE %s', async (spire) => {
  const { plugins } = await configOf(`versions: { spire: ${spire} }`);
  expect(plugins).not.toHaveProperty('Notifier');
  expect(plugins.BundlePublisher?.[0]?.k8s_configmap?.plugin_data).toEqual({
    clusters: {
      east: { configmap_name: 'spire-bundle', configmap_key: 'bundle.crt', namespace: 'spire-system', format: 'pem' },
    },
  });
});

test.each(['1.11.0', '1.12.3'])('uses a notifier with SPIRE %s, which has no bundle publisher', async (spire) => {
  const { plugins } = await configOf(`versions: { spire: ${spire} }, spire: { namespaces: shared }`);
  expect(plugins).not.toHaveProperty('BundlePublisher');
  expect(plugins.Notifier?.[0]?.k8sbundle?.plugin_data).toEqual({
    config_map: 'spire-bundle',
    config_map_key: 'bundle.crt',
    namespace: 'spire',
  });
});

test.each([
  ['1.12.6', undefined],
  ['1.13.0', '24h'],
  ['1.15.3', '24h'],
])('forgets agents that are gone where servers, here %s, can: %p', async (spire, after) => {
  const { server } = await configOf(`versions: { spire: ${spire} }`);
  expect((server as { prune_attested_nodes_expired_for?: string }).prune_attested_nodes_expired_for).toBe(after);
});
