import { checkCluster } from '../../lib/checks/check-cluster';
import { buildCluster } from '../../lib/manifests/cluster-app';
import { renderRequirements } from '../../lib/pages/requirements-table';
import { SpireServer } from '../../lib/spire/server';
import { renderServerConfig } from '../../lib/spire/server-config';
import { containerOf, find, type Manifest, objectsOf } from '../manifests';
import { codesOf } from '../reported';
import { clustersOf, lone, loneCluster, NESTED, resolveText } from '../resolved';

const AWS = '{ awsKms: { region: eu-west-1 } }';
const AZURE = '{ azureKeyVault: { url: "https://shop.vault.azure.net" } }';
const GCP = '{ gcpKms: { keyRing: projects/shop/locations/europe-west1/keyRings/spire } }';
const SERVICES = [AWS, AZURE, GCP];

const keys = (keyManager: string): string => `spire: { server: { keyManager: ${keyManager} } }`;

type Plugins = Readonly<Record<string, readonly Readonly<Record<string, { readonly plugin_data: object }>>[]>>;

const keyManagerOf = async (keyManager: string): Promise<unknown> =>
  (JSON.parse(renderServerConfig(await loneCluster(keys(keyManager)))) as { plugins: Plugins }).plugins.KeyManager?.[0];

const IDENTIFIER = expect.stringMatching(/^east-[0-9a-f]{16}-\$POD_NAME$/);

test.each([
  [AWS, { aws_kms: { plugin_data: { region: 'eu-west-1', key_identifier_value: IDENTIFIER } } }],
  [
    AZURE,
    {
      azure_key_vault: {
        plugin_data: { key_vault_uri: 'https://shop.vault.azure.net', key_identifier_value: IDENTIFIER },
      },
    },
  ],
  [
    GCP,
    {
      gcp_kms: {
        plugin_data: {
          key_ring: 'projects/shop/locations/europe-west1/keyRings/spire',
          key_identifier_value: IDENTIFIER,
        },
      },
    },
  ],
])('writes for %s the plugin with an identifier of each server', async (written, plugin) => {
  expect(await keyManagerOf(written)).toEqual(plugin);
});

test('finds keys by tags on demand', async () => {
  expect(await keyManagerOf('{ awsKms: { region: eu-west-1, discovery: tags } }')).toMatchObject({
    aws_kms: { plugin_data: { enable_tag_based_key_discovery: true } },
  });
});

const serverOf = async (keyManager: string): Promise<readonly Manifest[]> => {
  const cluster = await loneCluster(keys(keyManager));
  return objectsOf((scope) => new SpireServer(scope, 'server', cluster));
};

test.each(SERVICES)('puts the name of the pod into the identifier at the start, with %s', async (keyManager) => {
  const container = containerOf(find(await serverOf(keyManager), 'StatefulSet'), 'spire-server');
  expect(container.args).toContain('-expandEnv');
  expect(container.env).toContainEqual({ name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } });
});

test('gives an identifier of 36 characters to the first ten pods of every cluster, whatever its name', async () => {
  for (const name of ['e', 'east', 'a-cluster-with-a-name-of-forty-characters']) {
    const { [name.slice(0, 40)]: cluster } = await clustersOf(
      `{ fleet: f, clusters: { ${name.slice(0, 40)}: { trustDomain: east.test, ${keys(GCP)} } } }`,
    );
    const { key_identifier_value: value } = cluster!.plugins.keyManager.configuration;
    const identifier = String(value).replace('$POD_NAME', 'spire-server-9');
    expect(identifier).toHaveLength(36);
    expect(identifier).toMatch(/^[a-z0-9_-]+$/);
  }
});

test('tells clusters of one trust domain apart, and clusters of one name in two trust domains', async () => {
  const nested = await clustersOf(
    NESTED.replace('fleet: nested', `fleet: nested\nspire: { server: { keyManager: ${GCP} } }`),
  );
  const other = await clustersOf(`{ fleet: f, clusters: { east: { trustDomain: other.test, ${keys(GCP)} } } }`);
  const values = [...Object.values(nested), ...Object.values(other)].map(
    ({ plugins }) => plugins.keyManager.configuration.key_identifier_value,
  );
  expect(new Set(values).size).toBe(4);
});

test.each([
  [AWS, 'kms.eu-west-1.amazonaws.com', 443],
  ['{ awsKms: { region: eu-west-1, endpoint: "https://192.0.2.9:8443" } }', '192.0.2.9', 8443],
  [AZURE, 'shop.vault.azure.net', 443],
  [GCP, 'cloudkms.googleapis.com', 443],
])('pods can reach the service of %s, and to the credentials of the node', async (keyManager, address, port) => {
  const { egress = [] } = (await loneCluster(keys(keyManager))).plugins.keyManager;
  const dialled = egress.map((one) => `${one.address}:${one.port}`);
  expect(dialled).toEqual(expect.arrayContaining([`${address}:${port}`, '169.254.169.254:80']));
});

test('leads the SDK to another endpoint by the variable of the service', async () => {
  const objects = await serverOf('{ awsKms: { region: eu-west-1, endpoint: "https://kms.example.org" } }');
  expect(containerOf(find(objects, 'StatefulSet'), 'spire-server').env).toContainEqual({
    name: 'AWS_ENDPOINT_URL_KMS',
    value: 'https://kms.example.org',
  });
});

test.each([
  [AWS, '`kms:CreateKey`'],
  ['{ awsKms: { region: eu-west-1, discovery: tags } }', '`tag:GetResources`'],
  [AZURE, 'may get, list, update, create and delete keys'],
  [GCP, '`cloudkms.cryptoKeyVersions.useToSign`'],
])('lists for %s what the server must be allowed to do, and its objects pass all checks', async (keyManager, what) => {
  const { fleet, problems } = await resolveText(lone(keys(keyManager)));
  expect(codesOf(problems)).toEqual(['cloud-without-identity']);
  expect(renderRequirements(fleet!)).toContain(what);
  expect(checkCluster(fleet!.clusters[0]!, buildCluster(fleet!.clusters[0]!))).toEqual([]);
});

test('keeps keys, so that a pinned bundle stays true', async () => {
  for (const service of SERVICES) {
    expect((await loneCluster(keys(service))).plugins.keyManager.keepsKeys).toBe(true);
  }
});
