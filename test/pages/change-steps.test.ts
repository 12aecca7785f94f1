import { renderChanges } from '../../lib/pages/change-steps';
import { changeStepsOf } from '../live/fleet/apply-steps';
import { PAIR, resolveText, trialCa } from '../resolved';
import { DEFAULT_PATHS, NOW } from '../support';
import { makeTrialCa } from '../trial-ca';

/** Commands of one section, without what is the same in all of them. */
async function stepsOf(section: string, text: string, files = {}): Promise<readonly string[]> {
  const { fleet } = await resolveText(text, files);
  return changeStepsOf(`\n${renderChanges(fleet!, DEFAULT_PATHS).join('\n')}\n`, section).map((step) =>
    step.replace(/ exec -n \S+ spire-server-0 -c spire-server -- \/opt\/spire\/bin\/spire-server/, ''),
  );
}

test('is empty for a fleet at rest', async () => {
  expect(renderChanges((await resolveText(PAIR)).fleet!, DEFAULT_PATHS)).toEqual([]);
});

test('has peers poll the new root before anything is signed under it, and mounts the Secret before a CA is made of it', async () => {
  const both = (await trialCa('west.test')).root + (await makeTrialCa('west.test', NOW)).root;
  const steps = await stepsOf('west.test: from one root to the next', PAIR, { 'trust/west.test.pem': both });
  expect(steps).toEqual([
    'kubectl --context west apply --server-side -k west',
    'kubectl --context west rollout status -n spire-server statefulset/spire-server --timeout=5m',
    // A server reads the file with the roots when it mints a CA, and publishes both from then on.
    'kubectl --context west localauthority x509 prepare',
    'kubectl --context east federation refresh -id west.test',
    'kubectl --context east bundle list -id spiffe://west.test -format spiffe',
    expect.stringMatching(/^kubectl create secret tls spire-upstream-ca -n spire-server .*--context west apply/),
    'kubectl --context west rollout restart -n spire-server statefulset/spire-server',
    'kubectl --context west rollout status -n spire-server statefulset/spire-server --timeout=5m',
    'kubectl --context west localauthority x509 prepare',
    'kubectl --context west localauthority x509 activate -authorityID ID_OF_THE_PREPARED',
  ]);
});

test('has each of several servers replace the CA that it has of its own', async () => {
  const both = (await trialCa('west.test')).root + (await makeTrialCa('west.test', NOW)).root;
  const database = '{ host: 10.0.0.1, database: spire, user: spire, tls: { mode: disable } }';
  const text = PAIR.replace(
    'trustDomain: west.test,',
    `trustDomain: west.test, spire: { server: { replicas: 3, datastore: { postgres: ${database} } } },`,
  );
  const { fleet } = await resolveText(text, { 'trust/west.test.pem': both });
  const activating = renderChanges(fleet!, DEFAULT_PATHS).filter((line) => line.includes('x509 activate'));
  expect(activating).toEqual([0, 1, 2].map((server) => expect.stringContaining(` spire-server-${server} -c `)));
});

test('has cert-manager sign under the new root before peers poll, because the server gets roots from its issuer alone', async () => {
  const both = (await trialCa('west.test')).root + (await makeTrialCa('west.test', NOW)).root;
  const text = PAIR.replace(
    'trustDomain: west.test,',
    'trustDomain: west.test, trust: { authority: { certManager: { issuer: ca } } },',
  );
  const { fleet } = await resolveText(text, { 'trust/west.test.pem': both });
  const [, section = ''] = renderChanges(fleet!, DEFAULT_PATHS).join('\n').split('### west.test: from one root');
  expect(section).toMatch(
    /1\. Apply the folder of west, and have the Issuer `spire-server\/ca` sign under the new root[\s\S]*prepare[\s\S]*Make east poll now/,
  );
  expect(section).toMatch(/\d\. Have the server sign with a CA under the new root\.[\s\S]*prepare[\s\S]*activate/);
  expect(section).not.toContain('rollout restart');
  expect(section).not.toContain('Secret');
});

test('has the roots in files beside the bundles follow, where a gateway serves a certificate of its own', async () => {
  const both = (await trialCa('east.test')).root + (await makeTrialCa('east.test', NOW)).root;
  const text = PAIR.replace('host: bookinfo.test', 'host: bookinfo.test, credential: { secret: own }');
  const { fleet } = await resolveText(text, { 'trust/east.test.pem': both });
  const lines = renderChanges(fleet!, DEFAULT_PATHS).filter((line) => line.includes('ca.crt'));
  expect(lines).toEqual([
    expect.stringMatching(
      /^\d\. Add the new root to `ca.crt` of the Secret `istio-system\/own` on west, .*bookinfo.test/,
    ),
    expect.stringMatching(/^\d\. Then remove the old root from `ca.crt` of the Secret `istio-system\/own` on west/),
  ]);
});

test('takes the bundle out of the server once the relationship is gone', async () => {
  const text = PAIR.replace('[{ between: [east, west] }]', '[{ between: [east, west], ended: true }]').replace(
    ', calls: [bookinfo]',
    '',
  );
  expect(await stepsOf('east no longer trusts west.test', text)).toEqual([
    'kubectl --context east apply --server-side -k east',
    'kubectl --context east delete clusterfederatedtrustdomain west --ignore-not-found',
    'kubectl --context east federation list',
    'kubectl --context east bundle delete -id spiffe://west.test -mode restrict',
    'kubectl --context east bundle list -id spiffe://west.test',
  ]);
});

test('ends the old server, with its datastore and the Secret, before the one of the new name starts', async () => {
  const text = PAIR.replace('trustDomain: east.test', 'trustDomain: east.test, formerTrustDomain: former.test');
  const steps = await stepsOf('east: from former.test to east.test', text);
  expect(steps.slice(0, 3)).toEqual([
    'kubectl --context east delete -n spire-server statefulset/spire-server --cascade=foreground',
    'kubectl --context east delete -n spire-server pvc -l app.kubernetes.io/name=spire-server',
    'kubectl --context east delete -n spire-server secret/spire-upstream-ca',
  ]);
  expect(steps.at(-1)).toBe('kubectl --context west bundle delete -id spiffe://former.test -mode restrict');
});

test('speaks of no Secret to a renamed cluster that has none', async () => {
  const text = PAIR.replace(
    'trustDomain: east.test',
    'trustDomain: east.test, formerTrustDomain: former.test, trust: { authority: { certManager: { issuer: ca } } }',
  );
  expect(renderChanges((await resolveText(text)).fleet!, DEFAULT_PATHS).join('\n')).not.toContain('Secret');
});

test('shows a trust domain with underscores as it is written', async () => {
  const text = PAIR.replace('trustDomain: east.test', 'trustDomain: east.test, formerTrustDomain: _old_.test');
  const lines = renderChanges((await resolveText(text)).fleet!, DEFAULT_PATHS);
  expect(lines).toContain('### east: from \\_old\\_.test to east.test');
  expect(lines.join('\n')).toContain('spiffe://_old_.test -mode restrict');
});

const POSTGRES = 'postgres: { host: db.test, database: east, user: spire, tls: { mode: require } }';
const movedTo = (server: string, trust = ''): string =>
  PAIR.replace('trustDomain: east.test', `trustDomain: east.test, ${trust} spire: { server: { ${server} } }`);

test('moves a server to a database with no agent that could reach it while it has no entries, and deletes the unused volume', async () => {
  const text = movedTo(`datastore: { ${POSTGRES} }, keyManager: memory, formerDatastore: sqlite`);
  expect(await stepsOf('east: from sqlite to postgres', text)).toEqual([
    'kubectl --context east entry count',
    'kubectl --context east delete -n spire-system daemonset/spire-agent --cascade=foreground',
    'kubectl --context east delete -n spire-server statefulset/spire-server --cascade=foreground',
    'kubectl --context east apply --server-side -k east/spire-server',
    'kubectl --context east rollout status -n spire-server statefulset/spire-server --timeout=5m',
    'kubectl --context east entry count',
    'kubectl --context east apply --server-side -k east',
    'kubectl --context east rollout status -n spire-system daemonset/spire-agent --timeout=5m',
    'kubectl --context east agent count',
    'kubectl --context east delete -n spire-server pvc -l app.kubernetes.io/name=spire-server',
  ]);
});

test('has the Secrets of the new plugin made first, and of no other', async () => {
  const withPassword = POSTGRES.replace('tls:', 'password: { secret: db }, tls:');
  const text = movedTo(`datastore: { ${withPassword} }, formerDatastore: sqlite`);
  const [first, second] = await stepsOf('east: from sqlite to postgres', text);
  expect(first).toMatch(/^kubectl create secret generic db -n spire-server --from-file=password=FILE /);
  expect(second).toContain('entry count');
});

test('keeps the volume of a moved server where the keys stay on it', async () => {
  const text = movedTo(`datastore: { ${POSTGRES} }, formerDatastore: sqlite`);
  expect((await stepsOf('east: from sqlite to postgres', text)).join('\n')).not.toContain('pvc');
});

test('gives the new bundle of a moved server to agents and peers where no root is above it', async () => {
  const endpoint = 'bundleEndpoint: { address: a.test, profile: https_web, webCertificate: web }';
  const text = movedTo(`datastore: { ${POSTGRES} }, keyManager: memory, formerKeyManager: disk`).replace(
    /(east: \{.*?)bundleEndpoint: \{[^}]*\}/s,
    `$1${endpoint}`,
  );
  const steps = await stepsOf('east: from keys in disk to keys in memory', text);
  expect(steps.slice(3, 5)).toEqual([
    'kubectl --context east rollout restart -n spire-system daemonset',
    expect.stringMatching(
      /^kubectl --context east bundle show -format spiffe \| kubectl --context west exec -i .* bundle set -id spiffe:\/\/east.test -format spiffe$/,
    ),
  ]);
});

test('has the database emptied, and no volume deleted, where a renamed cluster has one', async () => {
  const text = movedTo(`datastore: { ${POSTGRES} }, keyManager: memory`, 'formerTrustDomain: former.test,');
  const page = renderChanges((await resolveText(text)).fleet!, DEFAULT_PATHS).join('\n');
  expect(page).toContain('Empty the database `db.test:5432/east`');
  expect(page).not.toContain('delete -n spire-server pvc');
});

test('has no steps for a cluster that stays with its plugins, whatever the fleet says of former ones', async () => {
  const former = (keys: string): string => `${PAIR}\nspire: { server: { ${keys} } }\n`;
  const { fleet } = await resolveText(former('formerDatastore: sqlite, formerKeyManager: disk'));
  expect(renderChanges(fleet!, DEFAULT_PATHS)).toEqual([]);
  const moved = await resolveText(former('formerKeyManager: memory'));
  expect(renderChanges(moved.fleet!, DEFAULT_PATHS).join('\n')).toContain('from keys in memory to keys in disk');
});
