import { BundlePublisher } from '../../lib';
import { checkCluster } from '../../lib/checks/check-cluster';
import { buildCluster } from '../../lib/manifests/cluster-app';
import { renderRequirements } from '../../lib/pages/requirements-table';
import { SpireServer } from '../../lib/spire/server';
import { renderServerConfig } from '../../lib/spire/server-config';
import { SpireServerRbac } from '../../lib/spire/server-rbac';
import { egressOf } from '../../lib/spire-plugins/server-plugins';
import { containerOf, find, type Manifest, objectsOf } from '../manifests';
import { codesOf } from '../reported';
import { lone, loneCluster, resolveText } from '../resolved';

const S3 = 'website: { awsS3: { region: eu-west-1, bucket: bundles, object: east.json } }';
const GCS = 'website: { gcpStorage: { bucket: bundles, object: east.json } }';
const BLOB = 'website: { azureBlob: { account: shop, container: bundles, blob: east.json } }';
const ANCHOR = 'aws: { rolesAnywhere: { region: eu-west-1, trustAnchor: 153d3e58-cab5-4a59-a0a1-3febad2937c4 } }';
const MESH = 'mesh: { configMap: { namespace: mesh, key: bundle.json, refreshHint: 2m } }';
const WEST =
  'west: { configMap: { namespace: trust, name: east, format: pem, kubeconfig: { secret: west, server: "https://192.0.2.7:6443" } } }';

const publishers = (...written: readonly string[]): string =>
  `spire: { server: { bundlePublishers: { ${written.join(', ')} } } }`;

type Plugins = Readonly<
  Record<string, readonly Readonly<Record<string, { readonly plugin_data: Readonly<Record<string, unknown>> }>>[]>
>;

const publishersOf = async (...written: readonly string[]) => {
  const { plugins } = JSON.parse(renderServerConfig(await loneCluster(publishers(...written)))) as { plugins: Plugins };
  return plugins.BundlePublisher;
};

const agentsEntry = {
  configmap_name: 'spire-bundle',
  configmap_key: 'bundle.crt',
  namespace: 'spire-system',
  format: 'pem',
};

test.each([
  [
    S3,
    { aws_s3: { plugin_data: { region: 'eu-west-1', bucket: 'bundles', object_key: 'east.json', format: 'spiffe' } } },
  ],
  [GCS, { gcp_cloudstorage: { plugin_data: { bucket_name: 'bundles', object_name: 'east.json', format: 'spiffe' } } }],
  [
    BLOB,
    {
      azure_blob: {
        plugin_data: {
          storage_account_name: 'shop',
          container_name: 'bundles',
          blob_name: 'east.json',
          format: 'spiffe',
        },
      },
    },
  ],
  [
    ANCHOR,
    {
      aws_rolesanywhere_trustanchor: {
        plugin_data: { region: 'eu-west-1', trust_anchor_id: '153d3e58-cab5-4a59-a0a1-3febad2937c4' },
      },
    },
  ],
])('writes for %s its plugin beside that of the agents', async (written, plugin) => {
  expect(await publishersOf(written)).toEqual([
    { k8s_configmap: { plugin_data: { clusters: { east: agentsEntry } } } },
    plugin,
  ]);
});

test('writes all ConfigMaps by the one plugin that writes the ConfigMap of the agents', async () => {
  expect(await publishersOf(WEST, MESH)).toEqual([
    {
      k8s_configmap: {
        plugin_data: {
          clusters: [
            {
              east: agentsEntry,
              'publisher/mesh': {
                configmap_name: 'spire-bundle',
                configmap_key: 'bundle.json',
                namespace: 'mesh',
                format: 'spiffe',
                refresh_hint: '2m',
              },
              'publisher/west': {
                configmap_name: 'east',
                configmap_key: 'bundle',
                namespace: 'trust',
                format: 'pem',
                kubeconfig_path: '/run/spire/publisher-west/kubeconfig',
              },
            },
          ],
        },
      },
    },
  ]);
});

test('writes the same whatever the order of the publishers', async () => {
  expect(JSON.stringify(await publishersOf(WEST, MESH, S3))).toBe(JSON.stringify(await publishersOf(S3, MESH, WEST)));
});

const serverOf = async (...written: readonly string[]): Promise<readonly Manifest[]> => {
  const cluster = await loneCluster(publishers(...written));
  return objectsOf((scope) => new SpireServer(scope, 'server', cluster));
};

test('mounts the kubeconfig of another cluster, and asks for it', async () => {
  const { template } = (find(await serverOf(WEST), 'StatefulSet').spec ?? {}) as {
    readonly template: { readonly spec: { readonly volumes: readonly unknown[] } };
  };
  expect(template.spec.volumes).toContainEqual({
    name: 'publisher-west',
    secret: { secretName: 'west', defaultMode: 0o440 },
  });
  const { requiredSecrets } = await loneCluster(publishers(WEST));
  expect(requiredSecrets).toContainEqual(
    expect.objectContaining({ namespace: 'spire-server', name: 'west', type: 'Opaque', keys: ['kubeconfig'] }),
  );
});

test('may write the one ConfigMap in another namespace of its cluster, and nothing for another cluster', async () => {
  const { plugins, spire } = await loneCluster(publishers(MESH, WEST));
  const permissions = Object.values(plugins.bundlePublishers).flatMap((plan) => plan.permissions ?? []);
  const objects = objectsOf((scope) => new SpireServerRbac(scope, 'rbac', { spire, permissions }));
  const roles = objects.filter(({ kind, metadata }) => kind === 'Role' && metadata.name === 'spire-server-plugins');
  expect(
    roles.map((role) => [role.metadata.namespace, (role as Manifest & { readonly rules?: unknown }).rules]),
  ).toEqual([
    [
      'mesh',
      [
        {
          apiGroups: [''],
          resources: ['configmaps'],
          resourceNames: ['spire-bundle'],
          verbs: ['create', 'get', 'patch'],
        },
      ],
    ],
  ]);
});

const CREDENTIALS =
  'website: { awsS3: { region: eu-west-1, bucket: bundles, object: o, endpoint: "https://s3.example.org:9000", credentials: { secret: bucket } } }';
const KEY_FILE = 'website: { gcpStorage: { bucket: bundles, object: o, serviceAccountKey: { secret: bucket } } }';
const ACCOUNT_KEY =
  'website: { azureBlob: { account: shop, container: bundles, blob: o, credentials: { accountKey: { secret: bucket } } } }';
const IDS = 'tenantId: 11111111-2222-3333-4444-555555555555, clientId: 22222222-2222-3333-4444-555555555555';
const CLIENT_SECRET = `website: { azureBlob: { account: shop, container: bundles, blob: o, credentials: { clientSecret: { ${IDS}, secret: bucket } } } }`;

test.each([
  [
    S3,
    ['s3.eu-west-1.amazonaws.com:443', 'sts.eu-west-1.amazonaws.com:443', '169.254.169.254:80', '169.254.170.23:80'],
  ],
  [CREDENTIALS, ['s3.example.org:9000']],
  [GCS, ['storage.googleapis.com:443', '169.254.169.254:80']],
  [KEY_FILE, ['storage.googleapis.com:443', 'oauth2.googleapis.com:443']],
  [BLOB, ['shop.blob.core.windows.net:443', '169.254.169.254:80']],
  [ACCOUNT_KEY, ['shop.blob.core.windows.net:443']],
  [CLIENT_SECRET, ['shop.blob.core.windows.net:443', 'login.microsoftonline.com:443']],
  [
    ANCHOR,
    [
      'rolesanywhere.eu-west-1.amazonaws.com:443',
      'sts.eu-west-1.amazonaws.com:443',
      '169.254.169.254:80',
      '169.254.170.23:80',
    ],
  ],
  [WEST, ['192.0.2.7:6443']],
  [MESH, []],
])('opens for %s what the server dials', async (written, dialled) => {
  const { plugins } = await loneCluster(publishers(written));
  expect(
    egressOf(plugins)
      .map(({ address, port }) => `${address}:${port}`)
      .sort(),
  ).toEqual([...dialled].sort());
});

test.each([
  [
    CREDENTIALS,
    'aws_s3',
    { access_key_id: '$SPIRE_S3_ACCESS_KEY_ID', secret_access_key: '$SPIRE_S3_SECRET_ACCESS_KEY' },
    ['access-key-id', 'secret-access-key'],
  ],
  [ACCOUNT_KEY, 'azure_blob', { storage_account_key: '$SPIRE_BLOB_ACCOUNT_KEY' }, ['account-key']],
  [
    CLIENT_SECRET,
    'azure_blob',
    { app_secret: '$SPIRE_BLOB_CLIENT_SECRET', tenant_id: '11111111-2222-3333-4444-555555555555' },
    ['client-secret'],
  ],
])('reads for %s the credentials from variables of a Secret', async (written, plugin, data, keys) => {
  const found = (await publishersOf(written))?.find((one) => plugin in one)?.[plugin]?.plugin_data;
  expect(found).toMatchObject(data);
  const container = containerOf(find(await serverOf(written), 'StatefulSet'), 'spire-server');
  expect(container.args).toContain('-expandEnv');
  for (const key of keys) {
    expect(container.env).toContainEqual(
      expect.objectContaining({ valueFrom: { secretKeyRef: { name: 'bucket', key } } }),
    );
  }
});

test('reads the key of a service account from a file', async () => {
  expect((await publishersOf(KEY_FILE))?.[1]?.gcp_cloudstorage?.plugin_data).toMatchObject({
    service_account_file: '/run/spire/publisher-gcp/key.json',
  });
});

test.each([
  [S3, ['cloud-without-identity'], '`s3:PutObject` on `east.json`'],
  [GCS, ['cloud-without-identity'], '`storage.objects.create`'],
  [BLOB, ['cloud-without-identity'], '`Storage Blob Data Contributor`'],
  [MESH, [], 'namespace `mesh`'],
  [WEST, [], 'a user who may create, get, patch'],
  [CREDENTIALS, [], 'access-key-id'],
])('lists for %s what a person provides, and its objects pass all checks', async (written, codes, what) => {
  const { fleet, problems } = await resolveText(lone(publishers(written)));
  expect(codesOf(problems)).toEqual(codes);
  expect(renderRequirements(fleet!)).toContain(what);
  expect(checkCluster(fleet!.clusters[0]!, buildCluster(fleet!.clusters[0]!))).toEqual([]);
});

test.each([
  [BLOB, '1.15.2'],
  [MESH, '1.13.0'],
  ['mesh: { configMap: { namespace: mesh } }', '1.12.3'],
])('fails for %s with SPIRE %s, which does not have it yet', async (written, version) => {
  const { problems } = await resolveText(lone(`versions: { spire: ${version} }, ${publishers(written)}`));
  expect(codesOf(problems)).toContain('needs-newer-spire');
});

test('fails for a private host of S3, which the public CAs do not vouch for', async () => {
  const minio = CREDENTIALS.replace('s3.example.org', 'minio.minio.svc');
  expect(codesOf((await resolveText(lone(publishers(minio)))).problems)).toEqual(['private-host-without-ca']);
});

test('gives programs the publishers that they choose', () => {
  const objects = objectsOf(
    (scope) =>
      new SpireServer(scope, 'server', {
        trustDomain: 'east.test',
        bundlePublishers: { mesh: BundlePublisher.configMap({ namespace: 'mesh' }) },
      }),
  );
  const data = Object.values(find(objects, 'ConfigMap').data ?? {});
  expect(data.join()).toContain('"publisher/mesh"');
});
