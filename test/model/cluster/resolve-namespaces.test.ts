import { loneCluster } from '../../resolved';

const WORKLOADS =
  'greeter: { cluster: east, preset: curl-greeter, namespace: greeter }, shop: { cluster: east, image: "shop:1.0", port: 80, namespace: shop }, ' +
  'one: { cluster: east, preset: curl-greeter, namespace: both }, two: { cluster: east, image: "two:1.0", port: 80, namespace: both }';

async function levelsOf(keys: string): Promise<Readonly<Record<string, string>>> {
  const { namespaces } = await loneCluster(keys, WORKLOADS);
  return Object.fromEntries(namespaces.map(({ name, podSecurity }) => [name, podSecurity]));
}

test("leaves room for Istio's init container, and nowhere else", async () => {
  expect(await levelsOf('')).toEqual({
    ...{ both: 'privileged', greeter: 'privileged', shop: 'privileged' },
    ...{ 'istio-system': 'baseline', 'spire-server': 'restricted', 'spire-system': 'privileged' },
  });
});

test("enforces what pods of a mesh with Istio's CNI plugin fit: restricted where their user is known", async () => {
  expect(await levelsOf('istio: { cni: true }')).toMatchObject({
    ...{ both: 'baseline', greeter: 'restricted', shop: 'baseline', 'istio-system': 'baseline' },
  });
});

test('enforces baseline where proxies of that Istio get no seccomp profile', async () => {
  const keys = 'istio: { cni: true }, versions: { istio: 1.27.3, kubernetes: "1.31" }';
  expect(await levelsOf(keys)).toMatchObject({ both: 'baseline', greeter: 'baseline', shop: 'baseline' });
});
