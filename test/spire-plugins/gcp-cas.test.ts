import { checkCluster } from '../../lib/checks/check-cluster';
import { buildCluster } from '../../lib/manifests/cluster-app';
import { renderChanges } from '../../lib/pages/change-steps';
import { renderRequirements } from '../../lib/pages/requirements-table';
import { renderServerConfig } from '../../lib/spire/server-config';
import { codesOf } from '../reported';
import { lone, loneCluster, NESTED, resolveText, trialCa } from '../resolved';
import { DEFAULT_PATHS, NOW } from '../support';
import { makeTrialCa } from '../trial-ca';

const POOL = 'projects/shop/locations/europe-west1/caPools/spire';
const AUTHORITY = `trust: { authority: { gcpCas: { pool: ${POOL}, label: { key: spire, value: east } } } }`;
const IDENTITY =
  'spire: { server: { cloudIdentity: { gcp: { serviceAccount: spire-server@shop.iam.gserviceaccount.com } } } }';

test('writes the pool and the label of the CAs', async () => {
  const { plugins } = JSON.parse(renderServerConfig(await loneCluster(AUTHORITY))) as {
    plugins: { UpstreamAuthority: readonly object[] };
  };
  expect(plugins.UpstreamAuthority).toEqual([
    {
      gcp_cas: {
        plugin_data: {
          root_cert_spec: {
            project_name: 'shop',
            region_name: 'europe-west1',
            ca_pool: 'spire',
            label_key: 'spire',
            label_value: 'east',
          },
        },
      },
    },
  ]);
});

test('pods can reach the service, and to credentials', async () => {
  const { egress = [] } = (await loneCluster(AUTHORITY)).plugins.upstreamAuthority!;
  expect(egress.map(({ address, port }) => `${address}:${port}`)).toEqual([
    'privateca.googleapis.com:443',
    '169.254.169.254:80',
  ]);
});

test('asks for CAs that all lead to a root of the fleet, and its objects pass all checks', async () => {
  const { fleet, problems } = await resolveText(lone(`${AUTHORITY}, ${IDENTITY}`));
  expect(codesOf(problems)).toEqual([]);
  const [cluster] = fleet!.clusters;
  expect(cluster!.requiredSecrets).toEqual([]);
  expect(renderRequirements(fleet!)).toContain('each of them must lead to a root in the file that the fleet names');
  expect(checkCluster(cluster!, buildCluster(cluster!))).toEqual([]);
});

test('warns of a server without an identity at Google Cloud', async () => {
  expect(codesOf((await resolveText(lone(AUTHORITY))).problems)).toEqual(['cloud-without-identity']);
});

test('fails when a cluster is nested below, since the CAs that it signs have the path length 0', async () => {
  const text = NESTED.replace('trustDomain: east.test, b', `trustDomain: east.test, ${AUTHORITY}, ${IDENTITY}, b`);
  const { problems } = await resolveText(text);
  expect(problems).toMatchObject([
    { code: 'nested-upper-unfit', facts: { cluster: 'west', upper: 'east', lacks: 'a CA that may sign CAs' } },
  ]);
});

test('rotates a root by a second CA in the pool, while the first one still signs', async () => {
  const both = (await trialCa('east.test')).root + (await makeTrialCa('east.test', NOW)).root;
  const { fleet } = await resolveText(lone(AUTHORITY), { 'trust/east.test.pem': both });
  expect(renderChanges(fleet!, DEFAULT_PATHS).join('\n')).toMatch(
    /enable a CA under the new root[\s\S]*prepare[\s\S]*Disable the CA under the old root[\s\S]*prepare[\s\S]*activate/,
  );
});
