import { codesOf } from '../../reported';
import { resolveText } from '../../resolved';

/** Two federated clusters, of which west has a gateway. */
const fleet = (workloads: string, federation = '[{ between: [east, west] }]'): string => `
fleet: calls
clusters:
  east: { trustDomain: east.test, bundleEndpoint: { address: 192.0.2.10 } }
  west: { trustDomain: west.test, bundleEndpoint: { address: 192.0.2.20 }, gateway: { address: 192.0.2.21 } }
federation: ${federation}
workloads:
${workloads}`;

test('sorts calls by caller, then by called, whatever the order in the file', async () => {
  const { fleet: resolved } = await resolveText(
    fleet(`
  b: { cluster: west, image: "b:1", port: 80, host: b.test }
  z: { cluster: east, preset: curl-greeter, calls: [b, a] }
  a: { cluster: east, image: "a:1", port: 80, calls: [b] }`),
  );
  expect(resolved?.calls).toEqual([
    { caller: 'a', callerCluster: 'east', called: 'b', calledCluster: 'west' },
    { caller: 'z', callerCluster: 'east', called: 'a', calledCluster: 'east' },
    { caller: 'z', callerCluster: 'east', called: 'b', calledCluster: 'west' },
  ]);
});

test('needs neither host nor gateway nor federation inside one cluster', async () => {
  const { problems } = await resolveText(
    fleet(
      '  a: { cluster: east, image: "a:1", port: 80 }\n  b: { cluster: east, preset: curl-greeter, calls: [a] }',
      '[]',
    ),
  );
  expect(problems).toEqual([]);
});

const CALLER = '  one: { cluster: east, preset: curl-greeter, calls: [shop] }';

test.each([
  [
    'the two clusters are not federated',
    '  shop: { cluster: west, image: "s:1", port: 80, host: s.test }',
    '[]',
    'call-without-federation',
  ],
  ['the called has no host', '  shop: { cluster: west, image: "s:1", port: 80 }', undefined, 'call-without-host'],
  ['the called has no port', '  shop: { cluster: west, image: "s:1", host: s.test }', undefined, 'missing-key'],
  ['the called only calls', '  shop: { cluster: west, preset: curl-greeter }', undefined, 'call-without-service'],
  [
    'the called chose its SPIFFE ID',
    '  shop: { cluster: west, image: "s:1", port: 80, host: s.test, spiffeId: /s }',
    undefined,
    'spiffe-id-not-istio',
  ],
  ['nobody has the name', '', undefined, 'unknown-workload'],
])('fails when %s, and reports that alone', async (_, shop, federation, code) => {
  const { problems } = await resolveText(fleet(`${CALLER}\n${shop}`, federation));
  expect(codesOf(problems)).toEqual([code]);
});

test('says of a call between clusters whose federation has ended that it has', async () => {
  const shop = '  shop: { cluster: west, image: "s:1", port: 80, host: s.test }';
  const { problems } = await resolveText(fleet(`${CALLER}\n${shop}`, '[{ between: [east, west], ended: true }]'));
  expect(problems).toMatchObject([{ code: 'call-without-federation', facts: { ended: true } }]);
});

test('fails when the cluster of the called has no gateway', async () => {
  const text = fleet(`${CALLER}\n  shop: { cluster: west, image: "s:1", port: 80, host: s.test }`);
  const { problems } = await resolveText(text.replace(', gateway: { address: 192.0.2.21 }', ''));
  expect(codesOf(problems)).toEqual(['call-without-gateway']);
});

test.each([
  ['itself', '[one]', 'self-call'],
  ['somebody twice', '[shop, shop]', 'listed-twice'],
])('fails when a workload calls %s', async (_, calls, code) => {
  const { problems } = await resolveText(
    fleet(
      `  one: { cluster: west, image: "o:1", port: 80, calls: ${calls} }\n  shop: { cluster: west, image: "s:1", port: 80 }`,
    ),
  );
  expect(codesOf(problems)).toEqual([code]);
});

test('reports one fault of a called workload, and not its callers as well', async () => {
  const { problems } = await resolveText(fleet(`${CALLER}\n  shop: { cluster: west }`));
  expect(codesOf(problems)).toEqual(['exclusive-keys']);
});
