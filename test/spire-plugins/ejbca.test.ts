import { checkCluster } from '../../lib/checks/check-cluster';
import { buildCluster } from '../../lib/manifests/cluster-app';
import { renderChanges } from '../../lib/pages/change-steps';
import { renderRequirements } from '../../lib/pages/requirements-table';
import { renderServerConfig } from '../../lib/spire/server-config';
import { codesOf } from '../reported';
import { clustersOf, lone, loneCluster, NESTED, resolveText, trialCa } from '../resolved';
import { DEFAULT_PATHS, NOW } from '../support';
import { makeTrialCa } from '../trial-ca';

const LEAST =
  'address: "https://ejbca.example.org:8443", clientCertificate: login, issuer: Issuing CA, certificateProfile: sub-ca, endEntityProfile: spire';

const authority = (more = ''): string => `trust: { authority: { ejbca: { ${LEAST}${more} } } }`;

async function pluginOf(written: string, files = {}): Promise<unknown> {
  const text = renderServerConfig(await loneCluster(written, '', files));
  const { plugins } = JSON.parse(text) as { plugins: { UpstreamAuthority: readonly object[] } };
  return plugins.UpstreamAuthority[0];
}

test('writes host and port, the client certificate, and the names in EJBCA', async () => {
  expect(await pluginOf(authority())).toEqual({
    ejbca: {
      plugin_data: {
        hostname: 'ejbca.example.org:8443',
        client_cert_path: '/run/spire/ejbca-client/tls.crt',
        client_cert_key_path: '/run/spire/ejbca-client/tls.key',
        ca_name: 'Issuing CA',
        end_entity_profile_name: 'spire',
        certificate_profile_name: 'sub-ca',
      },
    },
  });
});

test('verifies EJBCA with the CA of the fleet, and names the end entity', async () => {
  const { root } = await trialCa('ejbca.test');
  const written = authority(', ca: ejbca.pem, endEntity: spire-east, accountBinding: shop');
  expect(await pluginOf(written, { 'ejbca.pem': root })).toMatchObject({
    ejbca: {
      plugin_data: {
        ca_cert_path: '/run/spire/ejbca-ca/ca.pem',
        end_entity_name: 'spire-east',
        account_binding_id: 'shop',
      },
    },
  });
});

test('dials EJBCA at its port', async () => {
  const { egress } = (await loneCluster(authority())).plugins.upstreamAuthority!;
  expect(egress).toEqual([{ policy: 'spire-server-ejbca', address: 'ejbca.example.org', port: 8443 }]);
});

test('asks for the client certificate and the profiles, and its objects pass all checks', async () => {
  const { fleet, problems } = await resolveText(lone(authority()));
  expect(codesOf(problems)).toEqual([]);
  const [cluster] = fleet!.clusters;
  expect(cluster!.requiredSecrets).toMatchObject([{ name: 'login', keys: ['tls.crt', 'tls.key'] }]);
  expect(renderRequirements(fleet!)).toContain('type Sub CA, validity 168h, no path length or one of at least 0');
  expect(checkCluster(cluster!, buildCluster(cluster!))).toEqual([]);
});

test('asks for a path length that lets nested servers have a CA', async () => {
  const text = NESTED.replace('trustDomain: east.test, b', `trustDomain: east.test, ${authority()}, b`);
  const { east } = await clustersOf(text);
  expect(east!.plugins.upstreamAuthority?.requirements?.[1]?.what).toContain('one of at least 1');
});

test.each([
  ['of the cluster', lone(`${authority()}, spire: { caTtl: 48h }`)],
  ['of the fleet', lone(authority()).replace('{ fleet: lone,', '{ fleet: lone, spire: { caTtl: 48h },')],
])('warns of a caTtl %s, which SPIRE does not ask EJBCA for', async (_whose, text) => {
  expect((await resolveText(text)).problems).toMatchObject([
    { code: 'ca-ttl-ignored', severity: 'warning', facts: { authority: 'ejbca', caTtl: '48h' } },
  ]);
});

test('says nothing of a caTtl that the authority is asked for', async () => {
  const text = lone('trust: { authority: { certManager: { issuer: ca } } }, spire: { caTtl: 48h }');
  expect((await resolveText(text)).problems).toEqual([]);
});

test('rotates a root by another CA of EJBCA', async () => {
  const both = (await trialCa('east.test')).root + (await makeTrialCa('east.test', NOW)).root;
  const { fleet } = await resolveText(lone(authority()), { 'trust/east.test.pem': both });
  expect(renderChanges(fleet!, DEFAULT_PATHS).join('\n')).toMatch(
    /name of a CA under the new root[\s\S]*prepare[\s\S]*prepare[\s\S]*activate/,
  );
});
