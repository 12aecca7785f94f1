import { checkCluster } from '../../lib/checks/check-cluster';
import { buildCluster } from '../../lib/manifests/cluster-app';
import { renderChanges } from '../../lib/pages/change-steps';
import { renderRequirements } from '../../lib/pages/requirements-table';
import { SpireServer } from '../../lib/spire/server';
import { find, type Manifest, objectsOf } from '../manifests';
import { codesOf } from '../reported';
import { lone, loneCluster, resolveText, trialCa } from '../resolved';
import { DEFAULT_PATHS, NOW } from '../support';
import { makeTrialCa } from '../trial-ca';

const authority = (more = ''): string =>
  `trust: { authority: { secret: { certificate: { issuer: spire-root, kind: ClusterIssuer${more} } } } }`;

async function certificateOf(written: string): Promise<Manifest> {
  const cluster = await loneCluster(written);
  return find(
    objectsOf((scope) => new SpireServer(scope, 'server', cluster)),
    'Certificate',
  );
}

test('has cert-manager issue a CA into the Secret that the server mounts', async () => {
  expect(await certificateOf(authority())).toMatchObject({
    apiVersion: 'cert-manager.io/v1',
    metadata: { name: 'spire-upstream-ca', namespace: 'spire-server' },
    spec: {
      secretName: 'spire-upstream-ca',
      issuerRef: { name: 'spire-root', kind: 'ClusterIssuer', group: 'cert-manager.io' },
      isCA: true,
      commonName: 'SPIRE of east',
      uris: ['spiffe://east.test'],
      duration: '2160h',
      renewBefore: '720h',
      usages: ['cert sign', 'crl sign'],
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
    },
  });
});

test('writes life, renewal and key as the fleet sets them', async () => {
  const more = ', duration: 60d, renewBefore: 14d, keyType: rsa-4096';
  const name = authority(more).replace('secret: {', 'secret: { name: intermediate,');
  expect((await certificateOf(name)).spec).toMatchObject({
    secretName: 'intermediate',
    duration: '1440h',
    renewBefore: '336h',
    privateKey: { algorithm: 'RSA', size: 4096 },
  });
});

test('asks for the issuer and for no Secret, and its objects pass all checks', async () => {
  const { fleet, problems } = await resolveText(lone(authority()));
  expect(codesOf(problems)).toEqual([]);
  const [cluster] = fleet!.clusters;
  expect(cluster!.requiredSecrets).toEqual([]);
  expect(renderRequirements(fleet!)).toContain('cert-manager, with the ClusterIssuer `spire-root`');
  expect(checkCluster(cluster!, buildCluster(cluster!))).toEqual([]);
});

test('writes no Certificate where a person provides the Secret', async () => {
  const cluster = await loneCluster('trust: { authority: { secret: { name: own } } }');
  const objects = objectsOf((scope) => new SpireServer(scope, 'server', cluster));
  expect(objects.map(({ kind }) => kind)).not.toContain('Certificate');
});

test.each([
  ['caTtl: 31d', authority(), ['intermediate-renewed-late']],
  ['caTtl: 7d', authority(', renewBefore: 24h'), ['intermediate-renewed-late']],
  ['caTtl: 7d', authority(', renewBefore: 7d'), []],
])('fails when the Secret is renewed later than %s before its end, with %s', async (caTtl, trust, codes) => {
  expect(codesOf((await resolveText(lone(`${trust}, spire: { ${caTtl} }`))).problems)).toEqual(codes);
});

test('fails when the Secret has another use', async () => {
  const web = `bundleEndpoint: { address: spire.example.org, profile: https_web, webCertificate: spire-upstream-ca }`;
  const { problems } = await resolveText(lone(`${authority()}, ${web}`));
  expect(codesOf(problems)).toContain('secret-shared');
});

test('rotates a root by another certificate of the issuer', async () => {
  const both = (await trialCa('east.test')).root + (await makeTrialCa('east.test', NOW)).root;
  const { fleet } = await resolveText(lone(authority()), { 'trust/east.test.pem': both });
  const changes = renderChanges(fleet!, DEFAULT_PATHS).join('\n');
  expect(changes).toMatch(
    /prepare[\s\S]*ClusterIssuer `spire-root` sign under the new root[\s\S]*delete secret -n spire-server spire-upstream-ca[\s\S]*rollout restart[\s\S]*activate/,
  );
  expect(changes).not.toContain('create secret');
});
