import { checkCluster } from '../../lib/checks/check-cluster';
import { buildCluster } from '../../lib/manifests/cluster-app';
import { renderChanges } from '../../lib/pages/change-steps';
import { renderRequirements } from '../../lib/pages/requirements-table';
import { SpireServer } from '../../lib/spire/server';
import { renderServerConfig } from '../../lib/spire/server-config';
import { containerOf, find, objectsOf } from '../manifests';
import { codesOf } from '../reported';
import { lone, loneCluster, resolveText, trialCa } from '../resolved';
import { DEFAULT_PATHS, NOW } from '../support';
import { makeTrialCa } from '../trial-ca';

const arn = (name: string): string => `arn:aws:secretsmanager:eu-west-1:123456789012:secret:spire/${name}-AbCdEf`;
const SECRETS = `certificate: "${arn('ca')}", key: "${arn('key')}", root: "${arn('root')}"`;
const IDENTITY = 'spire: { server: { cloudIdentity: { aws: { role: "arn:aws:iam::123456789012:role/spire" } } } }';

const authority = (more = ''): string => `trust: { authority: { awsSecret: { ${SECRETS}${more} } } }`;

async function pluginOf(written: string): Promise<unknown> {
  const text = renderServerConfig(await loneCluster(written));
  const { plugins } = JSON.parse(text) as { plugins: { UpstreamAuthority: readonly object[] } };
  return plugins.UpstreamAuthority[0];
}

test('writes the secrets and their region', async () => {
  expect(await pluginOf(authority())).toEqual({
    awssecret: {
      plugin_data: {
        region: 'eu-west-1',
        cert_file_arn: arn('ca'),
        key_file_arn: arn('key'),
        bundle_file_arn: arn('root'),
      },
    },
  });
});

test('assumes a role, and leads the SDK to another endpoint', async () => {
  const role = 'arn:aws:iam::123456789012:role/ca';
  const more = `, assumeRole: "${role}", endpoint: "https://secrets.example.org"`;
  expect(await pluginOf(authority(more))).toMatchObject({ awssecret: { plugin_data: { assume_role_arn: role } } });
  const cluster = await loneCluster(authority(more));
  const set = find(
    objectsOf((scope) => new SpireServer(scope, 'server', cluster)),
    'StatefulSet',
  );
  expect(containerOf(set, 'spire-server').env).toEqual([
    { name: 'AWS_ENDPOINT_URL_SECRETS_MANAGER', value: 'https://secrets.example.org' },
  ]);
});

test.each([
  ['', 'secretsmanager.eu-west-1.amazonaws.com:443'],
  [', endpoint: "https://192.0.2.9:8443"', '192.0.2.9:8443'],
])('opens the way to the service%s, and to credentials', async (more, service) => {
  const { egress = [] } = (await loneCluster(authority(more))).plugins.upstreamAuthority!;
  const dialled = egress.map(({ address, port }) => `${address}:${port}`);
  expect(dialled).toEqual([service, 'sts.eu-west-1.amazonaws.com:443', '169.254.170.23:80', '169.254.169.254:80']);
});

test('asks for the secrets and the role, and its objects pass all checks', async () => {
  const { fleet, problems } = await resolveText(lone(`${authority()}, ${IDENTITY}`));
  expect(codesOf(problems)).toEqual([]);
  const [cluster] = fleet!.clusters;
  expect(cluster!.requiredSecrets).toEqual([]);
  const provided = renderRequirements(fleet!);
  expect(provided).toContain('at least 168h, the life of the server');
  expect(provided).toContain('`secretsmanager:GetSecretValue`');
  expect(checkCluster(cluster!, buildCluster(cluster!))).toEqual([]);
});

test('warns of a server without an identity at AWS', async () => {
  expect(codesOf((await resolveText(lone(authority()))).problems)).toEqual(['cloud-without-identity']);
});

test('rotates a root by restarts, since the server reads the secrets at its start alone', async () => {
  const both = (await trialCa('east.test')).root + (await makeTrialCa('east.test', NOW)).root;
  const { fleet } = await resolveText(lone(authority()), { 'trust/east.test.pem': both });
  const changes = renderChanges(fleet!, DEFAULT_PATHS).join('\n');
  expect(changes).toMatch(
    /put both roots[\s\S]*rollout restart[\s\S]*prepare[\s\S]*new root and its key[\s\S]*rollout restart[\s\S]*prepare[\s\S]*activate/,
  );
  expect(changes).not.toContain('create secret');
});
