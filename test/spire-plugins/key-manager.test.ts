import { renderServerConfig } from '../../lib/spire/server-config';
import { codesOf } from '../reported';
import { clustersOf, lone, loneCluster, resolveText } from '../resolved';

const keyManagerOf = async (keys = ''): Promise<unknown> => {
  const { plugins } = JSON.parse(renderServerConfig(await loneCluster(keys))) as {
    plugins: { KeyManager: unknown };
  };
  return plugins.KeyManager;
};

test.each(['memory', '{ memory: {} }'])('keeps no keys file with keyManager: %s', async (written) => {
  const found = await keyManagerOf(`spire: { server: { keyManager: ${written} } }`);
  expect(found).toEqual([{ memory: { plugin_data: {} } }]);
});

test.each(['disk', '{ disk: {} }'])('writes the same with keyManager: %s as without the key', async (written) => {
  expect(await keyManagerOf(`spire: { server: { keyManager: ${written} } }`)).toEqual(await keyManagerOf());
});

test("takes the fleet's key manager for clusters that have none of their own", async () => {
  const { east, west } = await clustersOf(`
fleet: pair
spire: { server: { keyManager: memory } }
clusters:
  east: { trustDomain: east.test, spire: { server: { datastore: sqlite } } }
  west: { trustDomain: west.test, spire: { server: { keyManager: disk } } }`);
  expect([east?.plugins.keyManager.plugin, west?.plugins.keyManager.plugin]).toEqual(['memory', 'disk']);
});

test('keeps the datastore on the volume where keys are in memory', async () => {
  const { plugins } = await loneCluster('spire: { server: { keyManager: memory } }');
  expect(plugins.datastore.lastingFiles).toEqual(['connection_string']);
});

const PINNED = (keyManager: string): string => `
fleet: pair
clusters:
  east:
    trustDomain: east.test
    trust: { bundle: east.json }
    bundleEndpoint: { address: 192.0.2.10 }
    spire: { server: { keyManager: ${keyManager} } }
  west: { trustDomain: west.test, bundleEndpoint: { address: 192.0.2.20 } }
federation: [{ between: [east, west] }]`;

test.each([
  ['disk', []],
  ['memory', ['keys-not-kept']],
])('reports for a pinned bundle with keys in %s: %j', async (keyManager, codes) => {
  const { fleet } = await resolveText(lone());
  const bundle = fleet!.clusters[0]!.trust.bundle!.text;
  expect(codesOf((await resolveText(PINNED(keyManager), { 'east.json': bundle })).problems)).toEqual(codes);
});

test('accepts keys in memory with a root, which peers continue to trust', async () => {
  const rooted = PINNED('memory').replace('    trust: { bundle: east.json }\n', '');
  expect(codesOf((await resolveText(rooted)).problems)).toEqual([]);
});
