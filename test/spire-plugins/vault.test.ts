import { checkCluster } from '../../lib/checks/check-cluster';
import { buildCluster } from '../../lib/manifests/cluster-app';
import { renderRequirements } from '../../lib/pages/requirements-table';
import { SpireServer } from '../../lib/spire/server';
import { renderServerConfig } from '../../lib/spire/server-config';
import { containerOf, find, type Manifest, objectsOf, volumeOf } from '../manifests';
import { codesOf } from '../reported';
import { lone, loneCluster, resolveText, trialCa } from '../resolved';

const AT = 'address: "https://vault.example.org:8200"';
const TOKEN = 'auth: { token: { secret: login } }';
const APP_ROLE = 'auth: { appRole: { secret: login, mount: team/approle } }';
const CERTIFICATE = 'auth: { certificate: { secret: login, role: spire } }';
const KUBERNETES = 'auth: { kubernetes: { role: spire } }';
const METHODS = [TOKEN, APP_ROLE, CERTIFICATE, KUBERNETES];

const authority = (settings: string): string => `trust: { authority: { vault: { ${AT}, ${settings} } } }`;
const keys = (settings: string): string => `spire: { server: { keyManager: { vault: { ${AT}, ${settings} } } } }`;

type PluginData = Readonly<Record<string, unknown>>;
type Plugins = Readonly<Record<string, readonly Readonly<Record<string, { readonly plugin_data: PluginData }>>[]>>;

async function configurationOf(written: string, files = {}): Promise<Plugins> {
  const cluster = await loneCluster(written, '', files);
  return (JSON.parse(renderServerConfig(cluster)) as { plugins: Plugins }).plugins;
}

const authorityOf = async (settings: string): Promise<PluginData | undefined> =>
  (await configurationOf(authority(settings))).UpstreamAuthority?.[0]?.vault?.plugin_data;

async function serverOf(written: string, files = {}): Promise<readonly Manifest[]> {
  const cluster = await loneCluster(written, '', files);
  return objectsOf((scope) => new SpireServer(scope, 'server', cluster));
}

test.each([
  [TOKEN, { token_auth: { token: '$SPIRE_AUTHORITY_VAULT_TOKEN' } }],
  [
    APP_ROLE,
    {
      approle_auth: {
        approle_auth_mount_point: 'team/approle',
        approle_id: '$SPIRE_AUTHORITY_VAULT_ROLE_ID',
        approle_secret_id: '$SPIRE_AUTHORITY_VAULT_SECRET_ID',
      },
    },
  ],
  [
    CERTIFICATE,
    {
      cert_auth: {
        cert_auth_role_name: 'spire',
        client_cert_path: '/run/spire/vault-authority-client/tls.crt',
        client_key_path: '/run/spire/vault-authority-client/tls.key',
      },
    },
  ],
  [
    KUBERNETES,
    {
      k8s_auth: {
        k8s_auth_role_name: 'spire',
        token_path: '/var/run/secrets/kubernetes.io/serviceaccount/token',
      },
    },
  ],
])('has Vault sign, signed in to by %s', async (method, login) => {
  expect(await authorityOf(`${method}, engine: pki_root, namespace: team`)).toEqual({
    vault_addr: 'https://vault.example.org:8200',
    namespace: 'team',
    pki_mount_point: 'pki_root',
    ...login,
  });
});

test('reads credentials from the Secret, and writes none', async () => {
  const container = containerOf(find(await serverOf(authority(APP_ROLE)), 'StatefulSet'), 'spire-server');
  expect(container.env).toEqual([
    { name: 'SPIRE_AUTHORITY_VAULT_ROLE_ID', valueFrom: { secretKeyRef: { name: 'login', key: 'role-id' } } },
    { name: 'SPIRE_AUTHORITY_VAULT_SECRET_ID', valueFrom: { secretKeyRef: { name: 'login', key: 'secret-id' } } },
  ]);
  expect(container.args).toContain('-expandEnv');
});

test('shows Vault a token of an audience of its own', async () => {
  const set = find(await serverOf(authority('auth: { kubernetes: { role: spire, audience: vault } }')), 'StatefulSet');
  expect(volumeOf(set, 'vault-authority-token')).toEqual({
    name: 'vault-authority-token',
    projected: { sources: [{ serviceAccountToken: { audience: 'vault', path: 'token', expirationSeconds: 3600 } }] },
  });
  expect(await authorityOf('auth: { kubernetes: { role: spire, audience: vault } }')).toMatchObject({
    k8s_auth: { token_path: '/run/spire/vault-authority-token/token' },
  });
});

test('verifies Vault with the CA of the fleet', async () => {
  const { root } = await trialCa('vault.test');
  const written = authority(`${TOKEN}, ca: vault.pem`);
  const { UpstreamAuthority: plugin } = await configurationOf(written, { 'vault.pem': root });
  expect(plugin?.[0]?.vault?.plugin_data.ca_cert_path).toBe('/run/spire/vault-authority-ca/ca.pem');
  const objects = await serverOf(written, { 'vault.pem': root });
  expect(find(objects, 'ConfigMap', 'spire-server-vault-authority-ca')).toMatchObject({ data: { 'ca.pem': root } });
});

test('keeps keys in Vault, each server its own', async () => {
  const { KeyManager: plugin } = await configurationOf(keys(KUBERNETES));
  expect(plugin?.[0]?.hashicorp_vault?.plugin_data).toMatchObject({
    key_identifier_value: expect.stringMatching(/^east-[0-9a-f]{16}-\$POD_NAME$/),
    transit_engine_path: 'transit',
    k8s_auth: { k8s_auth_role_name: 'spire' },
  });
});

test.each(METHODS)(
  'can keep keys in Vault and have Vault sign, signed in to by %s, and passes all checks',
  async (method) => {
    const { fleet, problems } = await resolveText(lone(`${authority(method)}, ${keys(method)}`));
    expect(codesOf(problems)).toEqual([]);
    const [cluster] = fleet!.clusters;
    expect(checkCluster(cluster!, buildCluster(cluster!))).toEqual([]);
    // One Secret for both is asked for once.
    expect(cluster!.requiredSecrets.map(({ name }) => name)).toEqual(method === KUBERNETES ? [] : ['login']);
    const { env = [] } = containerOf(
      find(
        objectsOf((scope) => new SpireServer(scope, 'server', cluster!)),
        'StatefulSet',
      ),
      'spire-server',
    ) as { readonly env?: readonly { readonly name: string }[] };
    expect(new Set(env.map(({ name }) => name)).size).toBe(env.length);
  },
);

test('lists the engines and the policies of the server as requirements', async () => {
  const { fleet } = await resolveText(lone(`${authority(KUBERNETES)}, ${keys(KUBERNETES)}`));
  const provided = renderRequirements(fleet!);
  expect(provided).toContain('update on `pki/root/sign-intermediate`');
  expect(provided).toContain('create, read, update, delete and list on `transit/keys/*`');
  expect(provided).toContain('is bound to the ServiceAccount `spire-server` in the namespace `spire-server`');
});

test('dials Vault at its port', async () => {
  const { plugins } = await loneCluster(authority(KUBERNETES));
  expect(plugins.upstreamAuthority?.egress).toEqual([
    { policy: 'spire-server-vault-authority', address: 'vault.example.org', port: 8200 },
  ]);
});
