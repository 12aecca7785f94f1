/** What earlier runs found out may save work; these try to make it change what is written. */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../../lib/cli/environment';
import type { RememberedOutput } from '../../lib/output/output-memory';
import { type Answer, commandLineIn } from '../command-line';
import { manyClusters, manyClustersFolder, treeOf } from '../many-clusters';

type Memory = Record<string, RememberedOutput>;

let folder: string;
let whole: Readonly<Record<string, string>>;
const dist = (): string => join(folder, 'dist');
const inDist = (path: string): string => join(dist(), path);

function memoryFile(): string {
  const [name = 'none'] = readdirSync(join(folder, 'memory'));
  return join(folder, 'memory', name);
}

const check = (memory?: Environment['memory']): Promise<Answer> =>
  commandLineIn({ cwd: folder, ...(memory && { memory }) }, 'check');

const synth = (runtime = 'test'): Promise<Answer> =>
  commandLineIn({ cwd: folder, memory: { folder: 'memory', runtime } }, 'synth');

beforeAll(async () => {
  folder = await manyClustersFolder();
  await synth();
  whole = treeOf(dist());
  cpSync(folder, `${folder}-kept`, { recursive: true });
});

beforeEach(() => {
  rmSync(folder, { recursive: true });
  cpSync(`${folder}-kept`, folder, { recursive: true });
});

test('is believed where nothing changed: no cluster is made, so that there is nothing new to remember', async () => {
  const before = statSync(memoryFile()).mtimeMs;
  expect((await synth()).complained).toContain('10 clusters, ');
  expect(statSync(memoryFile()).mtimeMs).toBe(before);
});

test('makes one cluster again where one changed, and keeps the rest', async () => {
  writeFileSync(join(folder, 'fleet.yaml'), manyClusters(', kubelet: { directory: /var/lib/k0s/kubelet }'));
  const old = JSON.parse(readFileSync(memoryFile(), 'utf8')) as Memory;
  await synth();
  const now = JSON.parse(readFileSync(memoryFile(), 'utf8')) as Memory;
  expect(Object.keys(now).filter((name) => now[name]?.digest !== old[name]?.digest)).toEqual(['store-9']);
  const changed = treeOf(dist());
  rmSync(dist(), { recursive: true });
  rmSync(join(folder, 'memory'), { recursive: true });
  await synth();
  expect(treeOf(dist())).toEqual(changed);
  expect(changed).not.toEqual(whole);
});

/** Whatever is done to memory and output, the next run leaves the output that a run without memory would. */
const TRICKS: Readonly<Record<string, (memory: Memory) => unknown>> = {
  'a file edited by hand': () => {
    const path = inDist('store-3/spire-server/server.yaml');
    writeFileSync(path, readFileSync(path, 'utf8').replace('replicas: 1', 'replicas: 2'));
  },
  'a file edited to the same length': () => {
    const path = inDist('store-3/spire-server/server.yaml');
    writeFileSync(path, readFileSync(path, 'utf8').replace('replicas: 1', 'replicas: 3'));
  },
  'a file removed': () => rmSync(inDist('store-2/spire-agent/agent.yaml')),
  'a folder removed': () => rmSync(inDist('store-2'), { recursive: true }),
  'the page removed': () => rmSync(inDist('README.md')),
  'files of two clusters exchanged': () => {
    const [one, other] = [inDist('store-1/spire-agent/agent.yaml'), inDist('store-2/spire-agent/agent.yaml')];
    const text = readFileSync(one);
    writeFileSync(one, readFileSync(other));
    writeFileSync(other, text);
  },
  'a memory cut short': () => writeFileSync(memoryFile(), readFileSync(memoryFile(), 'utf8').slice(0, 5000)),
  'a memory that is not JSON': () => writeFileSync(memoryFile(), 'stale'),
  'a memory that is null': () => writeFileSync(memoryFile(), 'null'),
  'a memory of other things': () => writeFileSync(memoryFile(), '{"store-1":null,"store-2":[],"store-3":{"key":1}}'),
  'clusters exchanged in memory': (memory) => ({
    ...memory,
    'store-1': memory['store-2'],
    'store-2': memory['store-1'],
  }),
  'a digest of another cluster': (memory) => ({
    ...memory,
    'store-1': { ...memory['store-1'], digest: memory['store-2']?.digest },
  }),
  'paths forgotten in memory': (memory) => ({ ...memory, 'store-1': { ...memory['store-1'], paths: [] } }),
  'paths that lead elsewhere': (memory) => ({
    ...memory,
    'store-1': { ...memory['store-1'], paths: memory['store-2']?.paths },
  }),
  'layers forgotten in memory': (memory) => ({
    ...memory,
    'store-1': { ...memory['store-1'], inventory: memory['store-1']?.inventory.slice(3) },
  }),
};

test.each(Object.entries(TRICKS))('is not fooled by %s', async (_, trick) => {
  const changed = trick(JSON.parse(readFileSync(memoryFile(), 'utf8')) as Memory);
  if (changed !== undefined && existsSync(memoryFile())) writeFileSync(memoryFile(), JSON.stringify(changed));
  expect(await check({ folder: 'memory', runtime: 'test' })).toEqual(await check());
  expect((await synth()).exitCode).toBe(0);
  expect(treeOf(dist())).toEqual(whole);
});

test('does not outlive its code: what another program found out is made again', async () => {
  const old = readFileSync(memoryFile(), 'utf8');
  expect((await synth('another')).complained).toContain(': 0 files written');
  expect(readFileSync(memoryFile(), 'utf8')).not.toBe(old);
});

test('is not kept of a synthesis that failed', async () => {
  rmSync(join(folder, 'memory'), { recursive: true });
  writeFileSync(inDist('README.md'), '# mine\n');
  expect((await synth()).exitCode).toBe(1);
  expect(existsSync(join(folder, 'memory'))).toBe(false);
});
