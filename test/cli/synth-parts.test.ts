import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MARKER } from '../../lib/output/output-file';
import { commandLine, commandLineIn } from '../command-line';
import { CLUSTERS, manyClusters, manyClustersFolder, treeOf } from '../many-clusters';

let folder: string;
let whole: Readonly<Record<string, string>>;
const dist = (): string => join(folder, 'dist');

beforeAll(async () => {
  folder = await manyClustersFolder();
  expect((await commandLine(folder, 'synth')).exitCode).toBe(0);
  whole = treeOf(dist());
});

beforeEach(() => {
  writeFileSync(join(folder, 'fleet.yaml'), manyClusters());
  rmSync(dist(), { recursive: true, force: true });
});

test('yields in shards, together, the whole byte for byte, and each file in one shard', async () => {
  const seen: string[] = [];
  for (const shard of ['1/3', '2/3', '3/3']) {
    const before = seen.length;
    expect((await commandLine(folder, 'synth', '--shard', shard, '-o', `part-${before}`)).exitCode).toBe(0);
    seen.push(...Object.keys(treeOf(join(folder, `part-${before}`))));
    await commandLine(folder, 'synth', '--shard', shard);
  }
  expect(treeOf(dist())).toEqual(whole);
  expect(seen.sort()).toEqual(Object.keys(whole).sort());
});

test('removes in a shard what is stale in it, and touches nothing of other shards', async () => {
  await commandLine(folder, 'synth');
  for (const cluster of ['gone-1', 'gone-2', 'gone-3', 'gone-4', 'gone-5', 'gone-6']) {
    mkdirSync(join(dist(), cluster));
    const paths = [`${cluster}/kustomization.yaml`, `${cluster}/files.lock`];
    for (const path of paths) writeFileSync(join(dist(), path), `# ${MARKER} from fleet.yaml\n${paths.join('\n')}\n`);
  }
  await commandLine(folder, 'synth', '--shard', '1/2');
  const left = Object.keys(treeOf(dist())).filter((path) => path.startsWith('gone-'));
  expect([0, 12]).not.toContain(left.length);
  await commandLine(folder, 'synth', '--shard', '2/2');
  expect(treeOf(dist())).toEqual(whole);
});

test('writes the clusters that are named, and nothing else', async () => {
  const { exitCode } = await commandLine(folder, 'synth', '--only', 'store-1', 'office');
  expect(exitCode).toBe(0);
  const written = treeOf(dist());
  rmSync(dist(), { recursive: true });
  await commandLine(folder, 'synth', '--only', 'store-1,office');
  expect(treeOf(dist())).toEqual(written);
  const expected = Object.keys(whole).filter((path) => /^(istio\/)?(store-1|office)\//.test(path));
  expect(Object.keys(treeOf(dist()))).toEqual(expected);
});

test('checks in shards, together, the whole, and each file in one shard', async () => {
  await commandLine(folder, 'synth');
  for (const path of ['store-1/spire-server/server.yaml', 'README.md']) rmSync(join(dist(), path));
  writeFileSync(join(dist(), 'store-2', 'extra.yaml'), `# ${MARKER} from fleet.yaml\n`);
  const faults = (said: string): readonly string[] => said.split('\n').filter((line) => line.startsWith('dist/'));
  const alone = await commandLine(folder, 'check');
  expect(faults(alone.errorOutput)).toHaveLength(3);
  const found: string[] = [];
  for (const shard of ['1/3', '2/3', '3/3']) {
    const { errorOutput } = await commandLine(folder, 'check', '--shard', shard);
    found.push(...faults(errorOutput));
  }
  expect(found.sort()).toEqual([...faults(alone.errorOutput)].sort());
});

test('checks the clusters that are named, and nothing else', async () => {
  await commandLine(folder, 'synth');
  rmSync(join(dist(), 'store-1'), { recursive: true });
  const { exitCode, errorOutput } = await commandLine(folder, 'check', '--only', 'store-2', 'office');
  expect([exitCode, errorOutput]).toEqual([0, expect.stringMatching(/^2 of 10 clusters, .*: up to date$/)]);
  expect((await commandLine(folder, 'check', '--only', 'store-1')).exitCode).toBe(1);
});

test.each(['synth', 'check'])('holds the whole fleet against the rules, whatever the part: %s', async (command) => {
  writeFileSync(join(folder, 'fleet.yaml'), manyClusters(', gatewey: {}'));
  mkdirSync(dist());
  for (const part of [
    ['--only', 'office'],
    ['--shard', '1/7'],
  ]) {
    const { exitCode, errorOutput } = await commandLine(folder, command, ...part);
    expect([exitCode, errorOutput]).toEqual([1, expect.stringContaining('error[unknown-key]')]);
  }
});

test.each([
  ['--shard', '0/3'],
  ['--shard', '4/3'],
  ['--shard', '1'],
  ['--shard', '-1/2'],
  ['--only', 'nowhere'],
  ['--only', 'office', '--shard', '1/2'],
])('refuses %s %s %s %s, in synth and check, and writes nothing', async (...part) => {
  mkdirSync(dist());
  for (const command of ['synth', 'check']) {
    const { exitCode, errorOutput } = await commandLine(folder, command, ...part);
    expect(exitCode).toBe(2);
    expect(errorOutput).not.toBe('');
  }
  expect(treeOf(dist())).toEqual({});
});

test('knows as many clusters as the tests think', () => {
  expect(Object.keys(whole).filter((path) => /^[^/]+\/kustomization.yaml$/.test(path))).toHaveLength(CLUSTERS);
});

test('shows how far it is where somebody watches, and clears it before it answers', async () => {
  writeFileSync(join(folder, 'fleet.yaml'), manyClusters());
  const shown: string[] = [];
  const { errorOutput } = await commandLineIn({ cwd: folder, progress: (text) => shown.push(text) }, 'synth');
  expect(shown).toEqual(['10 of 10 clusters', '']);
  expect(errorOutput).not.toContain(' of 10 clusters');
});
