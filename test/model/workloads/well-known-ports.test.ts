import { lone, resolveText } from '../../resolved';

const problemsOf = async (workload: string, keys = '') =>
  (await resolveText(lone(keys, `shop: { cluster: east, ${workload} }`))).problems;

const IMAGE = (port: number): string => `image: "shop:1.0", port: ${port}`;
const PODS = (port: number): string => `pods: { labels: { app: shop } }, service: shop, port: ${port}`;

test.each([21, 22, 25, 53, 389, 445, 1433, 1883, 2049, 3306, 4222, 5432, 5672, 6379, 9042, 9092, 11211, 27017])(
  'refuses port %d, at its key, for an image and for pods of the mesh',
  async (port) => {
    for (const workload of [IMAGE(port), PODS(port)]) {
      expect(await problemsOf(workload)).toMatchObject([
        { code: 'port-not-http', severity: 'error', place: { path: ['workloads', 'shop', 'port'] } },
      ]);
    }
  },
);

test.each([80, 631, 3000, 5000, 5984, 8000, 8080, 8081, 8443, 9080, 9090, 9200, 15672])(
  'takes port %d',
  async (port) => {
    expect(await problemsOf(IMAGE(port))).toEqual([]);
    expect(await problemsOf(PODS(port))).toEqual([]);
  },
);

test.each([443, 2379, 50051])('accepts port %d only for a Service that declares the protocol', async (port) => {
  expect(await problemsOf(IMAGE(port))).toMatchObject([{ code: 'port-not-http', facts: { carried: 'HTTP/1.1' } }]);
  expect(await problemsOf(PODS(port))).toEqual([]);
});

test('accepts any port for a workload without a proxy', async () => {
  expect(await problemsOf(IMAGE(5432), 'istio: { dataplane: none }')).toEqual([]);
});

test('accepts a waiver that the port serves HTTP', async () => {
  const text = lone('', `shop: { cluster: east, ${IMAGE(5672)} }`);
  const waiver = 'waivers: [{ rule: port-not-http, at: workloads.shop, because: its API is HTTP }]';
  const { problems } = await resolveText(text.replace(/}$/, `, ${waiver} }`));
  expect(problems.map(({ severity, code }) => [severity, code])).toEqual([['warning', 'port-not-http']]);
});

test('says of the port of a preset only that it has none', async () => {
  expect(await problemsOf('preset: bookinfo, port: 5432')).toMatchObject([{ code: 'not-applicable' }]);
});
