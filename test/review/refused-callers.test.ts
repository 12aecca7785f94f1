import { buildCluster } from '../../lib/manifests/cluster-app';
import { compareTrees } from '../../lib/review/compare-trees';
import { findRefusedCallers } from '../../lib/review/refused-callers';
import { renderYaml } from '../../lib/yaml/render-yaml';
import { lone, resolveText } from '../resolved';
import { sideOf, type Texts } from './sides';

async function outputOf(text: string) {
  const { fleet } = await resolveText(text);
  const files = fleet!.clusters
    .flatMap((cluster) => buildCluster(cluster))
    .filter(({ layer }) => layer === 'istio')
    .map(({ path, objects }) => [path, objects.map((object) => renderYaml(object)).join('---\n')] as const);
  return { explained: fleet!, texts: Object.fromEntries(files) as Texts };
}

/** Who is cut off from one fleet to the other; the files of the first may be those of an older program. */
async function refusedBetween(base: string, target: string, older: (path: string) => boolean = () => true) {
  const [before, after] = [await outputOf(base), await outputOf(target)];
  const texts = Object.fromEntries(Object.entries(before.texts).filter(([path]) => older(path)));
  const { changes } = compareTrees(sideOf(texts, 'HEAD:dist'), sideOf(after.texts));
  return findRefusedCallers(changes, before.explained, after.explained).map(
    ({ caller, called }) => `${caller} -> ${called}`,
  );
}

const GREETER = 'greeter: { cluster: east, preset: curl-greeter }';
const STOCK = 'stock: { cluster: east, pods: { labels: { app: stock } }, service: stock, port: 80 }';

test('names who is cut off by the first policy in front of pods from elsewhere', async () => {
  const both = `${GREETER}, ${STOCK}`;
  const found = ['greeter -> stock', 'other pods of east -> stock'];
  expect(await refusedBetween(lone('', GREETER), lone('', both))).toEqual(found);
  expect(await refusedBetween(lone('', both), lone('', both), (path) => !path.includes('access-stock'))).toEqual(found);
});

test('names no caller that is admitted, and none of pods that are new', async () => {
  const calling = GREETER.replace('curl-greeter }', 'curl-greeter, calls: [stock] }');
  expect(await refusedBetween(lone('', GREETER), lone('', `${calling}, ${STOCK}`))).toEqual([
    'other pods of east -> stock',
  ]);
  const image = 'shop: { cluster: east, image: "shop:1.0", port: 80 }';
  expect(await refusedBetween(lone('', GREETER), lone('', `${GREETER}, ${image}`))).toEqual([]);
});

test('names callers without a proxy where a mesh begins to refuse plain text', async () => {
  expect(await refusedBetween(lone('', ''), lone('', ''), (path) => !path.endsWith('mutual-tls.yaml'))).toEqual([
    'pods of east without a proxy -> every pod of the mesh of east',
  ]);
});

test('names them if an exception is removed, and no one if it is added', async () => {
  const because = 'because: "has no proxy yet"';
  const namespace = `istio: { plainText: { legacy: { ${because} } } }`;
  expect(await refusedBetween(lone(namespace), lone())).toEqual([
    'pods of east without a proxy -> pods of the mesh in namespace legacy of east',
  ]);
  expect(await refusedBetween(lone(), lone(namespace))).toEqual([]);
  const shop = (keys: string): string => lone('', `shop: { cluster: east, image: "shop:1.0", port: 80${keys} }`);
  expect(await refusedBetween(shop(`, plainText: { ports: [80], ${because} }`), shop(''))).toEqual([
    'pods of east without a proxy -> pods of PeerAuthentication shop/shop in east',
  ]);
});

test('names no caller in a new cluster', async () => {
  const west = lone('', STOCK).replaceAll('east', 'west');
  expect(await refusedBetween(lone(), west)).toEqual([]);
});
