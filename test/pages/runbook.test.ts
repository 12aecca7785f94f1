import { buildCluster } from '../../lib/manifests/cluster-app';
import { renderRunbook } from '../../lib/pages/runbook/catalog';
import { clustersOf, NESTED, PAIR, resolveText, trialCa } from '../resolved';
import { DEFAULT_PATHS } from '../support';

async function runbookOf(text: string): Promise<string> {
  return renderRunbook((await resolveText(text)).fleet!, DEFAULT_PATHS).join('\n');
}

/** The lines of commands in one part of the runbook. */
function commandsOf(runbook: string, title: string): readonly string[] {
  const [, part = ''] = runbook.split(`### ${title}\n`);
  const [section = ''] = part.split('\n### ');
  return [...section.matchAll(/```sh\n([\s\S]*?)\n```/g)].flatMap(([, block = '']) => block.split('\n'));
}

const titlesOf = (runbook: string): readonly string[] =>
  [...runbook.matchAll(/^### (.*)$/gm)].map(([, title = '']) => title);

const WITHOUT_ISTIO = '{ fleet: bare, istio: { dataplane: none }, clusters: { east: { trustDomain: east.test } } }';

test('has a part for each failure that can happen in the fleet, and for no other', async () => {
  expect(titlesOf(await runbookOf(PAIR))).toEqual([
    'A pod has no SVID',
    'A call is answered with 403',
    'A call is answered with 503',
    'An intermediate CA has ended',
    'An endpoint is not reached',
    'A bundle is out of date',
    'The node of a SPIRE server is lost',
    'Connections time out without another cause',
  ]);
  expect(titlesOf(await runbookOf(WITHOUT_ISTIO))).toEqual([
    'A pod has no SVID',
    'An intermediate CA has ended',
    'The node of a SPIRE server is lost',
    'Connections time out without another cause',
  ]);
});

test('does not treat a lost node as an outage where other servers go on, or where the server has no volume', async () => {
  const database = 'datastore: { postgres: { host: db.test, database: spire, user: spire, tls: { mode: require } } }';
  const fleet = (more: string): string =>
    WITHOUT_ISTIO.replace('east.test }', `east.test, spire: { server: { ${database}, ${more} } } }`);
  const lost = 'The node of a SPIRE server is lost';
  expect(titlesOf(await runbookOf(fleet('keyManager: disk')))).toContain(lost);
  expect(titlesOf(await runbookOf(fleet('replicas: 3')))).not.toContain(lost);
  expect(titlesOf(await runbookOf(fleet('keyManager: memory')))).not.toContain(lost);
});

test('reads the logs of the proxies that can say why a call is refused', async () => {
  const runbook = await runbookOf(PAIR);
  const places = (title: string): readonly string[] =>
    commandsOf(runbook, title).flatMap(
      (command) => /--context (\w+) logs (-n \S+ \S+)/.exec(command)?.slice(1).join(' ') ?? [],
    );
  expect(places('A call is answered with 403')).toEqual([
    'west -n istio-system deploy/istio-ingressgateway',
    'west -n bookinfo -l',
  ]);
  expect(places('A call is answered with 503')).toEqual([
    'east -n greeter -l',
    'west -n istio-system deploy/istio-ingressgateway',
  ]);
});

test('hands a bundle over from the server that has it to the one that lacks it, in its own namespace', async () => {
  const text = PAIR.replace('trustDomain: west.test,', 'trustDomain: west.test, spire: { namespaces: shared },');
  expect(commandsOf(await runbookOf(text), 'A bundle is out of date')).toContain(
    'kubectl --context west exec -n spire spire-server-0 -c spire-server -- /opt/spire/bin/spire-server bundle show -format spiffe | kubectl --context east exec -i -n spire-server spire-server-0 -c spire-server -- /opt/spire/bin/spire-server bundle set -id spiffe://west.test -format spiffe',
  );
});

test('shows the end of the certificate that each server hangs on, a nested one too', async () => {
  const ends = commandsOf(await runbookOf(NESTED), 'An intermediate CA has ended').filter((line) =>
    line.includes('-enddate'),
  );
  expect(ends.map((line) => /--context (\w+) get secret -n (\S+) (\S+)/.exec(line)?.slice(1).join(' '))).toEqual([
    'east spire-server spire-upstream-ca',
    'north spire-server spire-upstream-ca',
    'west spire-server spire-upstream-agent',
  ]);
});

test('leads to the issuer of a server that cert-manager signs for, and says nothing of a Secret', async () => {
  const issuer = 'trust: { authority: { certManager: { issuer: ca, kind: ClusterIssuer } } }';
  const runbook = await runbookOf(PAIR.replace('trustDomain: west.test,', `trustDomain: west.test, ${issuer},`));
  const ofSecrets = commandsOf(runbook, 'An intermediate CA has ended').join('\n');
  expect([ofSecrets.includes('--context east'), ofSecrets.includes('--context west')]).toEqual([true, false]);
  expect(commandsOf(runbook, 'cert-manager signs no CA')).toEqual([
    'kubectl --context west get -n spire-server clusterissuer.cert-manager.io ca -o wide',
    'kubectl --context west get -n spire-server certificaterequests.cert-manager.io -l cert-manager.spiffe.io/trust-domain=west.test -o wide',
    expect.stringMatching(/--context west logs .* 'Unable to rotate X509 CA\|CertificateRequest'$/),
  ]);
});

test('quotes the refusal of a pod in the words of the guard that refuses it', async () => {
  const [, quoted = ''] = /The pod is refused with `([^`]+)`/.exec(await runbookOf(PAIR)) ?? [];
  const { east } = await clustersOf(PAIR);
  const guard = buildCluster(east!).find(({ path }) => path.endsWith('/proxy-guard.yaml'));
  expect(JSON.stringify(guard?.objects)).toContain(quoted);
  expect(quoted).not.toBe('');
});

test('asks an endpoint at an IPv6 address in brackets', async () => {
  const runbook = await runbookOf(PAIR.replace('192.0.2.10', '"2001:db8::10"'));
  expect(commandsOf(runbook, 'An endpoint is not reached')).toContainEqual(
    expect.stringMatching(/^openssl s_client -connect \[2001:db8::10\]:8443 /),
  );
});

test('takes the bundle of a partner from a file', async () => {
  const { root } = await trialCa('bank.test');
  const text = PAIR.replace(
    'federation: [{ between: [east, west] }]',
    'partners: { bank: { trustDomain: bank.test, trust: { root: bank.pem }, bundleEndpoint: { url: "https://bank.test/" } } }\nfederation: [{ between: [east, west, bank] }]',
  );
  const { fleet } = await resolveText(text, { 'bank.pem': root });
  expect(commandsOf(renderRunbook(fleet!, DEFAULT_PATHS).join('\n'), 'A bundle is out of date')).toContainEqual(
    expect.stringMatching(/ exec -i .* bundle set -id spiffe:\/\/bank\.test -format spiffe < BUNDLE_FILE$/),
  );
});

test('writes commands out for a few clusters only, and says so', async () => {
  const names = Array.from({ length: 30 }, (_, index) => `c${String(index).padStart(2, '0')}`);
  const clusters = names.map(
    (name, index) => `${name}: { trustDomain: ${name}.test, bundleEndpoint: { address: 192.0.2.${index + 1} } }`,
  );
  const text = `{ fleet: many, clusters: { ${clusters.join(', ')} }, federation: [{ hub: c00, spokes: [${names.slice(1).join(', ')}] }] }`;
  const runbook = await runbookOf(text);
  expect(runbook).toContain('# the same for the other 26');
  expect(runbook.split('\n').length).toBeLessThan(200);
});
