import { clustersOf, NESTED, resolveText } from '../../resolved';

test('gives a nested cluster the root of the one above, and no Secret with a CA', async () => {
  const { east, west } = await clustersOf(NESTED);
  expect(west!.trust).toEqual({ root: east!.trust.root, bundle: east!.trust.bundle });
  expect(west!.requiredSecrets.map(({ name }) => name)).toEqual(['spire-upstream-agent']);
  expect(east!.requiredSecrets.map(({ name }) => name)).toEqual(['spire-upstream-ca']);
});

test('gives the nested server the address of the upstream server', async () => {
  const { east, west } = await clustersOf(NESTED.replace('address: 192.0.2.12', 'address: 192.0.2.12, port: 443'));
  expect(west!.upstream).toMatchObject({ cluster: 'east', address: '192.0.2.12', port: 443 });
  expect(east!.serverApi).toMatchObject({ address: '192.0.2.12', port: 443, nested: ['west'] });
  expect([east!.upstream, west!.serverApi]).toEqual([undefined, undefined]);
});

test('has both clusters poll whom their trust domain federates with, and be polled once', async () => {
  const { east, west, north } = await clustersOf(NESTED);
  const polled = [east, west, north].map((cluster) => cluster!.peers.map(({ url }) => url));
  expect(polled).toEqual([['https://192.0.2.30:8443/'], ['https://192.0.2.30:8443/'], ['https://192.0.2.10:8443/']]);
});

test('federates an identity for calls to another trust domain, and not for those to another cluster of its own', async () => {
  const { east, west } = await clustersOf(NESTED);
  const federatesWith = (cluster: typeof east, name: string): readonly string[] | undefined =>
    cluster!.identities.find((identity) => identity.name === name)?.federatesWith;
  expect(federatesWith(east, 'workload-ape')).toEqual([]);
  expect(federatesWith(west, 'istio-ingressgateway')).toEqual([]);
  expect(federatesWith(west, 'workload-bee')).toEqual(['north.test']);
  expect(federatesWith(east, 'istio-ingressgateway')).toEqual(['north.test']);
});

test('guards a gateway against the other cluster of the trust domain as against any other', async () => {
  const { east, west } = await clustersOf(NESTED);
  expect(west!.gateway!.hosts).toMatchObject([{ host: 'bee.test', callers: ['spiffe://east.test/ns/ape/sa/ape'] }]);
  expect(east!.remoteCalls).toMatchObject([
    {
      host: 'bee.test',
      gatewayAddress: '192.0.2.21',
      serverSpiffeId: 'spiffe://east.test/gateway/west',
    },
  ]);
});

test('gives each gateway of a trust domain an identity of its own, which alone answers and is admitted', async () => {
  const { east, west, north } = await clustersOf(NESTED);
  const ids = [east, west, north].map((cluster) => cluster!.gateway!.spiffeId);
  expect(ids).toEqual([
    'spiffe://east.test/ns/istio-system/sa/istio-ingressgateway-service-account',
    'spiffe://east.test/gateway/west',
    'spiffe://north.test/ns/istio-system/sa/istio-ingressgateway-service-account',
  ]);
  const template = (cluster: typeof east) =>
    cluster!.identities.find(({ name }) => name === 'istio-ingressgateway')?.spiffeIdTemplate;
  expect(template(west)).toBe(ids[1]);
  expect(template(east)).toContain('/ns/{{ .PodMeta.Namespace }}/sa/');
  const admitted = [east, west, north].map((cluster) => cluster!.workloads[0]!.access[0]!.callers);
  expect(admitted).toEqual(ids.map((id) => [id]));
  const answers = [east, west, north].map((cluster) => cluster!.remoteCalls[0]!.serverSpiffeId);
  expect(answers).toEqual([ids[1], ids[2], ids[0]]);
});

test('keeps the identity of a gateway from workloads', async () => {
  const { problems } = await resolveText(NESTED.replace('host: ape.test,', '$& spiffeId: /gateway/west,'));
  expect(problems.map(({ code }) => code)).toContain('identity-shared');
});

test('limits the default lifetime of the nested CA to that of the upstream CA', async () => {
  const short = NESTED.replace('bundleEndpoint: { address: 192.0.2.10 }', '$&, spire: { caTtl: 48h }');
  const { east, west, north } = await clustersOf(short);
  expect([east, west, north].map((cluster) => cluster!.spire.caTtl / 3600)).toEqual([48, 48, 168]);
});

test('runs the agent of the nested server in a version that fits the upstream server', async () => {
  const text = NESTED.replace('nestedUnder: east', '$&, versions: { spire: 1.15.3, agent: 1.15.3 }').replace(
    'fleet: nested',
    '$&\nversions: { spire: 1.14.6, agent: 1.13.4 }',
  );
  expect((await clustersOf(text)).west!.upstream!.agentVersion).toBe('1.13.4');
});

test('names the cluster above where a federation is missing', async () => {
  const { problems } = await resolveText(NESTED.replace(/federation:.*/, ''));
  const found = problems.filter(({ code }) => code === 'call-without-federation');
  expect(found.map(({ facts }) => (facts as { between: unknown }).between)).toEqual([
    ['east', 'north'],
    ['north', 'east'],
  ]);
});
