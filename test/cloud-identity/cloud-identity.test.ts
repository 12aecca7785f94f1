import { checkCluster } from '../../lib/checks/check-cluster';
import { buildCluster } from '../../lib/manifests/cluster-app';
import { renderRequirements } from '../../lib/pages/requirements-table';
import { SpireServer } from '../../lib/spire/server';
import { SpireServerRbac } from '../../lib/spire/server-rbac';
import { find, type Manifest, objectsOf, podOf } from '../manifests';
import { codesOf } from '../reported';
import { lone, loneCluster, resolveText } from '../resolved';

const ROLE = 'arn:aws:iam::123456789012:role/spire-server';
const ACCOUNT = 'spire-server@shop.iam.gserviceaccount.com';
const CLIENT = '11111111-2222-3333-4444-555555555555';

const AWS = `{ aws: { role: "${ROLE}" } }`;
const AZURE = `{ azure: { clientId: ${CLIENT} } }`;
const GCP = `{ gcp: { serviceAccount: ${ACCOUNT} } }`;

const AWS_KEYS = 'awsKms: { region: eu-west-1 }';
const AZURE_KEYS = 'azureKeyVault: { url: "https://shop.vault.azure.net" }';
const GCP_KEYS = 'gcpKms: { keyRing: projects/shop/locations/europe-west1/keyRings/spire }';

const identity = (cloud: string, keys = AWS_KEYS): string =>
  `spire: { server: { keyManager: { ${keys} }, cloudIdentity: ${cloud} } }`;

async function serverOf(written: string): Promise<readonly Manifest[]> {
  const cluster = await loneCluster(written);
  return objectsOf((scope) => new SpireServer(scope, 'server', cluster));
}

test.each([
  [AWS, { 'eks.amazonaws.com/role-arn': ROLE }],
  [AZURE, { 'azure.workload.identity/client-id': CLIENT }],
  [GCP, { 'iam.gke.io/gcp-service-account': ACCOUNT }],
])('annotates the ServiceAccount of the server with %s', async (cloud, annotations) => {
  const { spire } = await loneCluster(identity(cloud));
  const objects = objectsOf((scope) => new SpireServerRbac(scope, 'rbac', { spire }));
  expect(find(objects, 'ServiceAccount').metadata).toMatchObject({ annotations });
});

test('leaves the ServiceAccount without annotations where the server has no identity', async () => {
  const { spire } = await loneCluster();
  const objects = objectsOf((scope) => new SpireServerRbac(scope, 'rbac', { spire }));
  expect(find(objects, 'ServiceAccount').metadata).not.toHaveProperty('annotations');
});

const USE = { 'azure.workload.identity/use': 'true' };

test('labels the pods for Azure, and selects them by no such label', async () => {
  const set = find(await serverOf(identity(AZURE)), 'StatefulSet');
  expect(podOf(set).metadata).toMatchObject({ labels: { 'app.kubernetes.io/name': 'spire-server', ...USE } });
  expect(set.spec).not.toMatchObject({ selector: { matchLabels: USE } });
  for (const cloud of [AWS, GCP]) {
    expect(podOf(find(await serverOf(identity(cloud)), 'StatefulSet')).metadata).not.toMatchObject({ labels: USE });
  }
});

test('makes new pods when the identity changes, since webhooks change pods only when they are made', async () => {
  const checksum = async (written: string): Promise<unknown> => {
    const { metadata } = podOf(find(await serverOf(written), 'StatefulSet'));
    return (metadata as { readonly annotations: Readonly<Record<string, string>> }).annotations['checksum/config'];
  };
  expect(await checksum(identity(AWS))).not.toBe(await checksum(identity(AWS.replace('spire-server', 'spire'))));
});

const policiesOf = async (written: string): Promise<readonly Manifest[]> =>
  buildCluster(await loneCluster(written))
    .flatMap(({ objects }) => objects as unknown as readonly Manifest[])
    .filter(({ kind }) => kind === 'NetworkPolicy');

const METADATA = [{ ipBlock: { cidr: '169.254.169.254/32' } }];

test.each([
  [AWS, 'spire-server-aws-sts', 443, undefined],
  [AZURE, 'spire-server-azure-login', 443, undefined],
  [GCP, 'spire-server-gcp-metadata', 80, METADATA],
  [GCP, 'spire-server-gcp-metadata-of-node', 988, undefined],
])('lets the server exchange its token with %s by %s', async (cloud, policy, port, to) => {
  const { spec } = find(await policiesOf(identity(cloud)), 'NetworkPolicy', policy);
  expect((spec as { readonly egress: unknown }).egress).toEqual([
    { ...(to && { to }), ports: [{ port, protocol: 'TCP' }] },
  ]);
});

test('shares the policy for the token service of AWS with the database', async () => {
  const database = 'region: eu-west-1, host: db.example.org, database: spire, user: spire, tls: { mode: require }';
  const policies = await policiesOf(
    `spire: { server: { datastore: { awsPostgres: { ${database} } }, cloudIdentity: ${AWS} } }`,
  );
  expect(find(policies, 'NetworkPolicy', 'spire-server-aws-sts')).toBeDefined();
});

test.each([
  [AWS, AWS_KEYS, '`sts:AssumeRoleWithWebIdentity` to `system:serviceaccount:spire-server:spire-server`'],
  [AZURE, AZURE_KEYS, 'the subject `system:serviceaccount:spire-server:spire-server`'],
  [GCP, GCP_KEYS, "for `[spire-server/spire-server]` of the cluster's workload pool"],
])('lists what %s needs, warns of nothing, and its objects pass all checks', async (cloud, keys, what) => {
  const { fleet, problems } = await resolveText(lone(identity(cloud, keys)));
  expect(codesOf(problems)).toEqual([]);
  expect(renderRequirements(fleet!)).toContain(what);
  expect(checkCluster(fleet!.clusters[0]!, buildCluster(fleet!.clusters[0]!))).toEqual([]);
});

test('warns of a plugin whose cloud is not that of the identity', async () => {
  const { problems } = await resolveText(lone(identity(GCP, AWS_KEYS)));
  expect(problems).toMatchObject([
    {
      code: 'cloud-without-identity',
      severity: 'warning',
      facts: {
        plugin: 'awsKms',
        cloud: 'AWS',
        key: 'aws',
        example: '{ role: "arn:aws:iam::123456789012:role/spire-server" }',
      },
    },
  ]);
});
