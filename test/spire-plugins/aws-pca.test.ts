import { checkCluster } from '../../lib/checks/check-cluster';
import { buildCluster } from '../../lib/manifests/cluster-app';
import { renderChanges } from '../../lib/pages/change-steps';
import { renderRequirements } from '../../lib/pages/requirements-table';
import { renderServerConfig } from '../../lib/spire/server-config';
import { codesOf } from '../reported';
import { clustersOf, lone, loneCluster, NESTED, resolveText, trialCa } from '../resolved';
import { DEFAULT_PATHS, NOW } from '../support';
import { makeTrialCa } from '../trial-ca';

const UUID = '11111111-2222-3333-4444-555555555555';
const ARN = `arn:aws:acm-pca:eu-west-1:123456789012:certificate-authority/${UUID}`;
const ROLE = 'arn:aws:iam::123456789012:role/private-ca';
const IDENTITY = 'spire: { server: { cloudIdentity: { aws: { role: "arn:aws:iam::123456789012:role/spire" } } } }';

const authority = (settings: string): string => `trust: { authority: { awsPca: { ${settings} } } }`;

async function pluginOf(settings: string): Promise<unknown> {
  const text = renderServerConfig(await loneCluster(authority(settings)));
  const { plugins } = JSON.parse(text) as { plugins: { UpstreamAuthority: readonly object[] } };
  return plugins.UpstreamAuthority[0];
}

test('writes the region of the CA, a template with path length 0, and the file with the roots of the fleet', async () => {
  expect(await pluginOf(`arn: "${ARN}"`)).toEqual({
    aws_pca: {
      plugin_data: {
        region: 'eu-west-1',
        certificate_authority_arn: ARN,
        ca_signing_template_arn: 'arn:aws:acm-pca:::template/SubordinateCACertificate_PathLen0/V1',
        supplemental_bundle_path: '/run/spire/root/root.pem',
      },
    },
  });
});

test('writes what a fleet sets', async () => {
  const settings = `arn: "${ARN}", signingAlgorithm: SHA256WITHRSA, assumeRole: "${ROLE}", endpoint: "https://pca.example.org"`;
  expect(await pluginOf(settings)).toMatchObject({
    aws_pca: {
      plugin_data: {
        signing_algorithm: 'SHA256WITHRSA',
        assume_role_arn: ROLE,
        endpoint: 'https://pca.example.org',
      },
    },
  });
});

test('takes the template of the partition of the CA', async () => {
  const arn = ARN.replace('arn:aws:', 'arn:aws-us-gov:').replace('eu-west-1', 'us-gov-west-1');
  expect(await pluginOf(`arn: "${arn}"`)).toMatchObject({
    aws_pca: {
      plugin_data: {
        region: 'us-gov-west-1',
        ca_signing_template_arn: 'arn:aws-us-gov:acm-pca:::template/SubordinateCACertificate_PathLen0/V1',
      },
    },
  });
});

test('has CAs signed below which nested servers can have one', async () => {
  const text = NESTED.replace('trustDomain: east.test, b', `trustDomain: east.test, ${authority(`arn: "${ARN}"`)}, b`);
  const { east } = await clustersOf(text);
  expect(east!.plugins.upstreamAuthority?.configuration.ca_signing_template_arn).toMatch(/_PathLen1\/V1$/);
  expect(east!.plugins.upstreamAuthority?.requirements?.[0]?.why).toContain('path length must be 2 or more');
});

test('publishes the roots of the fleet: a pod mounts their file, and starts again when they change', async () => {
  const cluster = await loneCluster(authority(`arn: "${ARN}"`));
  const { volumes, mounts } = cluster.plugins.upstreamAuthority!;
  expect(volumes).toEqual([
    { name: 'root', configMap: expect.objectContaining({ data: { 'root.pem': (await trialCa('east.test')).root } }) },
  ]);
  expect(mounts).toEqual([{ name: 'root', path: '/run/spire/root' }]);
});

test.each([
  ['', 'acm-pca.eu-west-1.amazonaws.com:443'],
  [', endpoint: "https://192.0.2.9:8443"', '192.0.2.9:8443'],
])('pods can reach the service%s, and to credentials', async (more, service) => {
  const { egress = [] } = (await loneCluster(authority(`arn: "${ARN}"${more}`))).plugins.upstreamAuthority!;
  const dialled = egress.map(({ address, port }) => `${address}:${port}`);
  expect(dialled).toEqual([service, 'sts.eu-west-1.amazonaws.com:443', '169.254.170.23:80', '169.254.169.254:80']);
});

test('asks for the CA and the role, warns without an identity at AWS, and its objects pass all checks', async () => {
  const { fleet, problems } = await resolveText(lone(authority(`arn: "${ARN}"`)));
  expect(codesOf(problems)).toEqual(['cloud-without-identity']);
  const [cluster] = fleet!.clusters;
  expect(cluster!.requiredSecrets).toEqual([]);
  expect(renderRequirements(fleet!)).toContain('`acm-pca:IssueCertificate`');
  expect(checkCluster(cluster!, buildCluster(cluster!))).toEqual([]);
  const known = await resolveText(lone(`${authority(`arn: "${ARN}"`)}, ${IDENTITY}`));
  expect(codesOf(known.problems)).toEqual([]);
});

test('rotates a root by another CA, since AWS gives none another key', async () => {
  const both = (await trialCa('east.test')).root + (await makeTrialCa('east.test', NOW)).root;
  const { fleet } = await resolveText(lone(authority(`arn: "${ARN}"`)), { 'trust/east.test.pem': both });
  const changes = renderChanges(fleet!, DEFAULT_PATHS).join('\n');
  expect(changes).toMatch(/prepare[\s\S]*ARN of a private CA under the new root[\s\S]*prepare[\s\S]*activate/);
  expect(changes).not.toContain('Secret');
});
