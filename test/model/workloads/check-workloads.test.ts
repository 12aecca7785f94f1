import { codesOf } from '../../reported';
import { lone, resolveText } from '../../resolved';

/** Problem codes of workloads that share a namespace of one cluster. */
async function codesFor(workloads: Readonly<Record<string, string>>) {
  const text = Object.entries(workloads).map(([name, keys]) => `${name}: { cluster: east, namespace: n, ${keys} }`);
  return codesOf((await resolveText(lone('', text.join(', ')))).problems);
}

test('accepts workloads side by side in one namespace', async () => {
  expect(
    await codesFor({
      a: 'image: "a:1", port: 80',
      b: 'image: "b:1", port: 80',
      c: 'preset: bookinfo',
      d: 'preset: curl-greeter',
      e: 'pods: { labels: { app: e } }',
      f: 'pods: { labels: { app: f, tier: db } }',
      details: 'image: "d:1"',
    }),
  ).toEqual([]);
});

test.each<[string, Readonly<Record<string, string>>, string]>([
  [
    'one Service name',
    { a: 'image: "a:1", port: 80, service: s', b: 'image: "b:1", port: 80, service: s' },
    'name-in-use',
  ],
  ['one ServiceAccount', { a: 'image: "a:1", serviceAccount: s', b: 'image: "b:1", serviceAccount: s' }, 'name-in-use'],
  ['two Bookinfos', { a: 'preset: bookinfo', b: 'preset: bookinfo' }, 'name-in-use'],
  ['one host', { a: 'image: "a:1", port: 80, host: h.test', b: 'image: "b:1", port: 80, host: h.test' }, 'host-in-use'],
  ['one chosen SPIFFE ID', { a: 'image: "a:1", spiffeId: /s', b: 'image: "b:1", spiffeId: /s' }, 'identity-shared'],
  [
    'a SPIFFE ID chosen to be that of another',
    { a: 'image: "a:1"', b: 'image: "b:1", spiffeId: /ns/n/sa/a' },
    'identity-shared',
  ],
  [
    'a SPIFFE ID chosen to be that of a part of Bookinfo',
    { a: 'preset: bookinfo', b: 'image: "b:1", spiffeId: /ns/n/sa/bookinfo-reviews' },
    'identity-shared',
  ],
  [
    'labels that a pod can carry together',
    { a: 'pods: { labels: { app: a } }', b: 'pods: { labels: { tier: db } }' },
    'pods-shared',
  ],
  [
    'labels of which one set holds the other',
    { a: 'pods: { labels: { app: a } }', b: 'pods: { labels: { app: a, tier: db } }' },
    'pods-shared',
  ],
  ['labels that select deployed pods', { a: 'image: "a:1"', b: 'pods: { labels: { app: a } }' }, 'pods-shared'],
  [
    'labels that select a part of Bookinfo',
    { a: 'preset: bookinfo', b: 'pods: { labels: { app: reviews } }' },
    'pods-shared',
  ],
  [
    'the version label that every deployed pod carries',
    { a: 'image: "a:1"', b: 'pods: { labels: { version: v1 } }' },
    'pods-shared',
  ],
  [
    'the name label that every deployed pod carries',
    { a: 'image: "a:1"', b: 'pods: { labels: { app.kubernetes.io/name: a } }' },
    'pods-shared',
  ],
])('fails on two workloads of one namespace with %s', async (_, workloads, code) => {
  expect(await codesFor(workloads)).toEqual([code]);
});

test('fails on policies of one name', async () => {
  const workloads = { bookinfo: 'preset: bookinfo', 'bookinfo-details': 'image: "d:1", serviceAccount: s' };
  expect(await codesFor(workloads)).toEqual(['name-in-use']);
});

test('fails on a SPIFFE ID chosen to be that of the gateway, which callers of other clusters trust', async () => {
  const spiffeId = '/ns/istio-system/sa/istio-ingressgateway-service-account';
  const { problems } = await resolveText(
    lone('gateway: { address: 192.0.2.1 }', `a: { cluster: east, image: "a:1", spiffeId: ${spiffeId} }`),
  );
  expect(problems).toMatchObject([{ place: { path: ['workloads', 'a', 'spiffeId'] } }]);
});

test('accepts in two namespaces, or on two clusters, what one cannot hold', async () => {
  const { problems } = await resolveText(`
fleet: apart
clusters: { east: { trustDomain: east.test }, west: { trustDomain: west.test } }
workloads:
  a: { cluster: east, preset: bookinfo }
  b: { cluster: east, preset: bookinfo }
  c: { cluster: west, preset: bookinfo, namespace: a }
  d: { cluster: east, pods: { labels: { app: x } } }
  e: { cluster: east, pods: { labels: { app: x } } }`);
  expect(problems).toEqual([]);
});

test('points at the SPIFFE ID that was chosen, and names the workload that has it', async () => {
  const { problems } = await resolveText(
    lone('', 'a: { cluster: east, image: "a:1" }, b: { cluster: east, image: "b:1", spiffeId: /ns/a/sa/a }'),
  );
  expect(problems).toMatchObject([{ place: { path: ['workloads', 'b', 'spiffeId'] }, facts: { other: 'a' } }]);
});
