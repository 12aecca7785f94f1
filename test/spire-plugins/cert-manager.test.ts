import { renderRequirements } from '../../lib/pages/requirements-table';
import { renderServerConfig } from '../../lib/spire/server-config';
import { SpireServerRbac } from '../../lib/spire/server-rbac';
import { permissionsOf } from '../../lib/spire-plugins/server-plugins';
import { find, looseBindings, objectsOf } from '../manifests';
import { codesOf } from '../reported';
import { lone, loneCluster, resolveText } from '../resolved';

const AUTHORITY = 'trust: { authority: { certManager: { issuer: spire-ca, kind: ClusterIssuer } } }';

test('asks the issuer for its CA in the namespace of the server', async () => {
  const { plugins } = JSON.parse(renderServerConfig(await loneCluster(AUTHORITY))) as {
    plugins: { UpstreamAuthority: unknown };
  };
  expect(plugins.UpstreamAuthority).toEqual([
    {
      'cert-manager': {
        plugin_data: {
          namespace: 'spire-server',
          issuer_name: 'spire-ca',
          issuer_kind: 'ClusterIssuer',
          issuer_group: 'cert-manager.io',
        },
      },
    },
  ]);
});

test('asks nobody for a Secret, gives peers the root, and names the issuer under what a person provides', async () => {
  const { fleet } = await resolveText(lone(AUTHORITY));
  const [cluster] = fleet!.clusters;
  expect(cluster?.requiredSecrets).toEqual([]);
  expect(cluster?.trust.bundle?.authorities).toHaveLength(1);
  expect(renderRequirements(fleet!)).toContain('cert-manager, with the ClusterIssuer `spire-ca`');
});

test('grants what the plugin does with CertificateRequests, in the namespace of the server alone', async () => {
  const cluster = await loneCluster(AUTHORITY);
  const permissions = permissionsOf(cluster.plugins);
  const objects = objectsOf((scope) => new SpireServerRbac(scope, 'rbac', { ...cluster, permissions }));
  const role = find(objects, 'Role', 'spire-server-plugins');
  expect([role.metadata.namespace, role]).toMatchObject([
    'spire-server',
    { rules: [{ resources: ['certificaterequests'], verbs: ['create', 'delete', 'get', 'list'] }] },
  ]);
  expect(looseBindings(objects)).toEqual([]);
});

test.each([
  ['secret: s, authority: { certManager: { issuer: i } }', ['exclusive-keys']],
  ['authority: { secret: { name: s } }', []],
])('reports for trust: { %s }: %j', async (trust, codes) => {
  const { problems } = await resolveText(lone(`trust: { ${trust} }`));
  expect(codesOf(problems)).toEqual(codes);
});
