import { checkCluster } from '../../lib/checks/check-cluster';
import { buildCluster } from '../../lib/manifests/cluster-app';
import { renderRequirements } from '../../lib/pages/requirements-table';
import { SpireServer } from '../../lib/spire/server';
import { renderServerConfig } from '../../lib/spire/server-config';
import { egressOf, permissionsOf } from '../../lib/spire-plugins/server-plugins';
import { containerOf, find, objectsOf } from '../manifests';
import { codesOf } from '../reported';
import { lone, loneCluster, resolveText } from '../resolved';

const INVENTORY = `{
  type: NodeAttestor, name: inventory,
  command: /run/plugins/bin/inventory, args: [--strict],
  checksum: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855,
  data: { token: $INVENTORY_TOKEN, pattern: "^a$", sites: { a: { racks: 1 }, b: { racks: 2 } } },
  environment: { INVENTORY_TOKEN: { secret: inventory, key: token }, LANGUAGE: { secret: inventory, key: language } },
  mounts: [
    { claim: plugins, path: /run/plugins/bin },
    { secret: inventory-ca, keys: [ca.pem], path: /run/plugins/ca },
    { configMap: racks, path: /run/plugins/racks },
  ],
  egress: [{ host: inventory.example.org, port: 8443 }],
  permissions: [
    { apiGroups: [""], resources: [nodes], verbs: [list] },
    { namespace: inventory, apiGroups: [example.org], resources: [machines], verbs: [get] },
  ],
}`.replaceAll('\n', ' ');

const plugins = (...written: readonly string[]): string => `spire: { server: { plugins: [${written.join(', ')}] } }`;

type Written = Readonly<Record<string, readonly Readonly<Record<string, Readonly<Record<string, unknown>>>>[]>>;

const pluginsOf = async (...written: readonly string[]): Promise<Written> =>
  (JSON.parse(renderServerConfig(await loneCluster(plugins(...written)))) as { plugins: Written }).plugins;

test('writes a plugin of a program behind those of its type, with its data as it is', async () => {
  const { NodeAttestor } = await pluginsOf(INVENTORY);
  expect(NodeAttestor?.map((one) => Object.keys(one).join())).toEqual(['k8s_psat', 'inventory']);
  expect(NodeAttestor?.[1]?.inventory).toEqual({
    plugin_cmd: '/run/plugins/bin/inventory',
    plugin_args: ['--strict'],
    plugin_checksum: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    plugin_data: {
      token: '$INVENTORY_TOKEN',
      // SPIRE replaces variables in the whole file, and `$$` by one dollar sign.
      pattern: '^a$$',
      sites: { a: { racks: 1 }, b: { racks: 2 } },
    },
  });
});

test.each([
  ['BundlePublisher', '{ type: BundlePublisher, name: aws_s3 }', ['k8s_configmap', 'aws_s3']],
  ['CredentialComposer', '{ type: CredentialComposer, name: uniqueid }', ['uniqueid']],
  ['Notifier', '{ type: Notifier, name: gcs_bundle, data: { bucket: b, object_path: p } }', ['gcs_bundle']],
])('adds a %s of SPIRE itself, without a program', async (type, written, names) => {
  const found = (await pluginsOf(written))[type];
  expect(found?.map((one) => Object.keys(one).join())).toEqual(names);
  expect(Object.values(found?.at(-1) ?? {})[0]).not.toHaveProperty('plugin_cmd');
});

test('writes an authority by name where the fleet chooses none', async () => {
  const { UpstreamAuthority } = await pluginsOf(
    '{ type: UpstreamAuthority, name: ejbca, data: { hostname: ejbca.test } }',
  );
  expect(UpstreamAuthority).toEqual([{ ejbca: { plugin_data: { hostname: 'ejbca.test' } } }]);
  const { requiredSecrets } = await loneCluster(plugins('{ type: UpstreamAuthority, name: ejbca }'));
  expect(requiredSecrets).toEqual([]);
});

test('brings variables and mounts into the container of the server', async () => {
  const cluster = await loneCluster(plugins(INVENTORY));
  const set = find(
    objectsOf((scope) => new SpireServer(scope, 'server', cluster)),
    'StatefulSet',
  );
  const container = containerOf(set, 'spire-server');
  expect(container.args).toContain('-expandEnv');
  expect(container.env).toEqual(
    expect.arrayContaining([
      { name: 'INVENTORY_TOKEN', valueFrom: { secretKeyRef: { name: 'inventory', key: 'token' } } },
      { name: 'LANGUAGE', valueFrom: { secretKeyRef: { name: 'inventory', key: 'language' } } },
    ]),
  );
  const { volumes } = (set.spec as { readonly template: { readonly spec: { readonly volumes: readonly unknown[] } } })
    .template.spec;
  expect(volumes).toEqual(
    expect.arrayContaining([
      { name: 'plugin-0-0', persistentVolumeClaim: { claimName: 'plugins', readOnly: true } },
      { name: 'plugin-0-1', secret: { secretName: 'inventory-ca', defaultMode: 0o440 } },
      { name: 'plugin-0-2', configMap: { name: 'racks' } },
    ]),
  );
  expect(container.volumeMounts).toContainEqual({ name: 'plugin-0-0', mountPath: '/run/plugins/bin', readOnly: true });
});

test('opens the connections of the plugin, and allows its calls to the Kubernetes API', async () => {
  const { plugins: all } = await loneCluster(plugins(INVENTORY));
  expect(egressOf(all)).toEqual([
    { policy: 'spire-server-plugin-inventory.example.org-8443', address: 'inventory.example.org', port: 8443 },
  ]);
  expect(permissionsOf(all)).toContainEqual({
    cluster: [{ apiGroups: [''], resources: ['nodes'], verbs: ['list'] }],
    namespaces: { inventory: [{ apiGroups: ['example.org'], resources: ['machines'], verbs: ['get'] }] },
  });
});

test('lists what a person provides, and its objects pass all checks', async () => {
  const { fleet, problems } = await resolveText(lone(plugins(INVENTORY)));
  expect(codesOf(problems)).toEqual([]);
  const cluster = fleet!.clusters[0]!;
  expect(cluster.requiredSecrets.map(({ name, keys }) => [name, keys])).toEqual(
    expect.arrayContaining([
      ['inventory', ['token', 'language']],
      ['inventory-ca', ['ca.pem']],
    ]),
  );
  const table = renderRequirements(fleet!);
  for (const what of [
    'Secret `spire-server/inventory`',
    'PersistentVolumeClaim `spire-server/plugins`',
    'ConfigMap `spire-server/racks`',
    'namespace `inventory`',
  ])
    expect(table).toContain(what);
  expect(checkCluster(cluster, buildCluster(cluster))).toEqual([]);
});

const codesFor = async (written: string): Promise<readonly string[]> => {
  try {
    return codesOf((await resolveText(lone(plugins(written)))).problems);
  } catch (error) {
    return [...String(error).matchAll(/error\[([a-z-]+)\]/g)].map(([, code]) => code!);
  }
};

test.each([
  ['password: hunter2', 'secret-in-plugin'],
  ['inner: { access_token: abc }', 'secret-in-plugin'],
  ['id: AKIAIOSFODNN7EXAMPLE', 'secret-in-plugin'],
  [`a: "$\{TOKEN}"`, 'unknown-variable'],
  ['a: $OTHER', 'unknown-variable'],
])('fails for data with %s', async (data, code) => {
  const environment = 'environment: { TOKEN: { secret: s, key: k } }';
  expect(await codesFor(`{ type: NodeAttestor, name: aws_iid, data: { ${data} }, ${environment} }`)).toEqual([code]);
});

test.each(['token: $TOKEN', 'token_path: /run/token', 'secret: /run/secret', 'regular: "^x$"', 'template: "{{ $x }}"'])(
  'takes data with %s',
  async (data) => {
    const environment = 'environment: { TOKEN: { secret: s, key: k } }';
    expect(await codesFor(`{ type: NodeAttestor, name: aws_iid, data: { ${data} }, ${environment} }`)).toEqual([]);
  },
);

test.each(['/etc/ssl', '/run/spire/x', '/tmp'])('fails for a mount at %s, which the server needs', async (path) => {
  expect(await codesFor(`{ type: NodeAttestor, name: aws_iid, mounts: [{ configMap: c, path: ${path} }] }`)).toEqual([
    'malformed',
  ]);
});
