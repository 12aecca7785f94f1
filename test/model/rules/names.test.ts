/** Names that two have, where a fixture cannot show that what is right is taken. */
import { lone, resolveText } from '../../resolved';

const codesOf = async (text: string): Promise<readonly string[]> =>
  (await resolveText(text)).problems.map(({ code }) => code);

test('lets two hosts share a certificate', async () => {
  const host = (name: string): string =>
    `${name}: { cluster: east, image: "${name}:1", port: 80, host: ${name}.test, credential: { secret: tls, spiffeId: /${name} } }`;
  expect(await codesOf(lone('', `${host('a')}, ${host('b')}`))).toEqual([]);
});

test.each([
  ['pods of Argo CD', 'shop: { cluster: east, namespace: argocd, pods: { labels: { app: a } } }'],
  [
    'pods that run as the default ServiceAccount',
    'shop: { cluster: east, serviceAccount: default, pods: { labels: { app: a } } }',
  ],
  [
    'a Service kubernetes in another namespace',
    'kubernetes: { cluster: east, image: "a:1", namespace: shop, port: 80 }',
  ],
])('accepts %s, since the output does not create it', async (_what, workload) => {
  const delivery = 'delivery: { repo: "https://git.test/a", tools: [flux, argocd] }';
  expect(await codesOf(`{ ${lone('', workload).slice(1, -1)}, ${delivery} }`)).toEqual([]);
});

test.each([
  ['flux: { namespace: lone }', 'name-taken'],
  ['flux: { namespace: spire-system }', 'reserved-namespace'],
  ['argocd: { project: default, parentProject: default }', 'name-taken'],
  ['argocd: { project: a, parentProject: a }', 'parent-project-same'],
])('refuses { %s }', async (keys, code) => {
  const delivery = `delivery: { repo: "https://git.test/a", tools: [flux, argocd], ${keys} }`;
  expect(await codesOf(`{ ${lone().slice(1, -1)}, ${delivery} }`)).toEqual([code]);
});

test('accepts the former trust domains of clusters that are renamed together', async () => {
  const nested = `
fleet: nested
clusters:
  east: { trustDomain: new.test, formerTrustDomain: old.test, serverApi: { address: 192.0.2.12 } }
  west: { trustDomain: new.test, formerTrustDomain: old.test, nestedUnder: east }
`;
  expect(await codesOf(nested)).toEqual([]);
});
