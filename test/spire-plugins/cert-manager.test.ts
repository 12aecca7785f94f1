import { checkCluster } from '../../lib/checks/check-cluster';
import { buildCluster } from '../../lib/manifests/cluster-app';
import { renderRequirements } from '../../lib/pages/requirements-table';
import { renderServerConfig } from '../../lib/spire/server-config';
import { SpireServerRbac } from '../../lib/spire/server-rbac';
import { permissionsOf } from '../../lib/spire-plugins/server-plugins';
import { find, looseBindings, objectsOf } from '../manifests';
import { codesOf } from '../reported';
import { lone, loneCluster, resolveText } from '../resolved';

const AUTHORITY = 'trust: { authority: { certManager: { issuer: spire-ca, kind: ClusterIssuer } } }';

test('requests its CA from the issuer in the namespace of the server', async () => {
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

const EXTERNAL =
  'trust: { authority: { certManager: { issuer: pca, kind: AWSPCAClusterIssuer, group: awspca.cert-manager.io, namespace: requests } } }';

test('asks an issuer of another group in another namespace, where it may make CertificateRequests and nowhere else', async () => {
  const cluster = await loneCluster(EXTERNAL);
  expect(cluster.plugins.upstreamAuthority?.configuration).toEqual({
    namespace: 'requests',
    issuer_name: 'pca',
    issuer_kind: 'AWSPCAClusterIssuer',
    issuer_group: 'awspca.cert-manager.io',
  });
  const permissions = permissionsOf(cluster.plugins);
  const objects = objectsOf((scope) => new SpireServerRbac(scope, 'rbac', { ...cluster, permissions }));
  const roles = objects.filter(({ metadata }) => metadata.name === 'spire-server-plugins');
  expect(roles.map(({ kind, metadata }) => `${kind} ${metadata.namespace}`)).toEqual([
    'Role requests',
    'RoleBinding requests',
  ]);
  // The group of the issuer is not that of the requests.
  expect(roles[0]).toMatchObject({
    rules: [{ apiGroups: ['cert-manager.io'], resources: ['certificaterequests'] }],
  });
  expect(roles[1]).toMatchObject({ subjects: [{ name: 'spire-server', namespace: 'spire-server' }] });
});

test('asks for the namespace of the requests and the approval of an issuer of another group, and its objects pass all checks', async () => {
  const { fleet } = await resolveText(lone(EXTERNAL));
  const provided = renderRequirements(fleet!);
  expect(provided).toContain('the AWSPCAClusterIssuer `pca` of awspca.cert-manager.io');
  expect(provided).toContain('`approveSignerNames`');
  expect(provided).toContain('namespace `requests`');
  expect(checkCluster(fleet!.clusters[0]!, buildCluster(fleet!.clusters[0]!))).toEqual([]);
});

test('says where to name the Secret that cert-manager renews', async () => {
  const { problems } = await resolveText(
    lone('trust: { secret: s, authority: { secret: { certificate: { issuer: i } } } }'),
  );
  expect(problems).toMatchObject([
    { facts: { hint: 'name the Secret below authority instead: { secret: { name: s } }' } },
  ]);
});

test.each([
  ['secret: s, authority: { certManager: { issuer: i } }', ['exclusive-keys']],
  ['authority: { secret: { name: s } }', []],
  ['authority: { certManager: { issuer: i, kind: AWSPCAIssuer, group: awspca.cert-manager.io } }', []],
])('reports for trust: { %s }: %j', async (trust, codes) => {
  const { problems } = await resolveText(lone(`trust: { ${trust} }`));
  expect(codesOf(problems)).toEqual(codes);
});

test('refuses a kind that cert-manager does not have, unless it is of another group', async () => {
  const fleet = lone('trust: { authority: { certManager: { issuer: i, kind: AWSPCAIssuer } } }');
  await expect(resolveText(fleet)).rejects.toThrow(
    /error\[malformed\] clusters.east.trust.authority.certManager.kind: .*needs its `group`/,
  );
});
