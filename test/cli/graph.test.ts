import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine } from '../command-line';
import { Repository } from '../repository';
import { temporaryFolder } from '../support';

const ROOT = join(__dirname, '..', '..');
const HUB = join(ROOT, 'examples', 'hub-and-spoke');

test('prints mermaid when nothing else is asked for', async () => {
  const { exitCode, printed, errorOutput } = await commandLine(ROOT, 'graph');
  expect(exitCode).toBe(0);
  expect(printed).toMatch(/^flowchart LR\n/);
  expect(errorOutput).toBe('');
});

test.each([
  ['dot', /^digraph "walkthrough" \{/],
  ['svg', /<svg /],
])('prints %s', async (format, expected) => {
  const { exitCode, printed } = await commandLine(ROOT, 'graph', '--format', format);
  expect(exitCode).toBe(0);
  expect(printed).toMatch(expected);
});

test('draws one cluster and what is linked with it', async () => {
  const { printed } = await commandLine(HUB, 'graph', '--cluster', 'store-south');
  expect(printed).toContain('office.retail.example');
  expect(printed).not.toContain('north.retail.example');
  expect(printed).toContain('%% Shows only store-south and the clusters and partners linked with it.');
});

test('marks what differs from another fleet, which may be named by its folder', async () => {
  const { exitCode, printed } = await commandLine(ROOT, 'graph', '--against', HUB);
  expect(exitCode).toBe(0);
  expect(printed).toContain('"+ cluster1 · cluster1.demo"');
  expect(printed).toContain('"− office · office.retail.example"');
});

test('suggests the cluster that was meant', async () => {
  const { exitCode, printed, errorOutput } = await commandLine(HUB, 'graph', '--cluster', 'ofice');
  expect(exitCode).toBe(2);
  expect(errorOutput).toBe('no cluster or partner is named "ofice"; did you mean "office"?');
  expect(printed).toBe('');
});

test('prints no diagram of a fleet with faults, nor against one', async () => {
  const folder = join(temporaryFolder(), 'faulty');
  mkdirSync(folder);
  writeFileSync(join(folder, 'fleet.yaml'), 'fleet: x\nclusters: {}\n');
  for (const args of [
    ['-f', join(folder, 'fleet.yaml')],
    ['--against', folder],
  ]) {
    const { exitCode, printed, errorOutput } = await commandLine(ROOT, 'graph', ...args);
    expect(exitCode).toBe(1);
    expect(printed).toBe('');
    expect(errorOutput).toContain('error[out-of-range]');
  }
});

describe('against what Git has', () => {
  const repository = Repository.withWalkthrough();
  beforeAll(() => {
    repository.git('branch', 'before');
    repository.edit('fleet.yaml', (text) => text.replace('    calls: [bookinfo]\n', ''));
    repository.commit('second');
  });

  test.each(['before', 'HEAD~1', 'before...'])('marks what differs from the fleet at %s', async (base) => {
    const { exitCode, printed, errorOutput } = await repository.run('graph', '--against', base);
    expect([exitCode, errorOutput]).toEqual([0, '']);
    expect(printed).toMatch(/−/);
    expect((await repository.run('graph', '--against', 'HEAD')).printed).not.toMatch(/−/);
  });

  test.each([
    ['befor', 2, '"befor" is not a file, a folder, or a commit'],
    ['before..HEAD', 2, 'did you mean "before"?'],
    ['', 2, 'is not a file'],
    ['--all', 2, 'is not a file'],
  ])('asks again for %j', async (base, code, expected) => {
    const { exitCode, printed, errorOutput } = await repository.run('graph', `--against=${base}`);
    expect([exitCode, printed]).toEqual([code, '']);
    expect(errorOutput).toContain(expected);
  });

  test('says what is wrong with the fleet at a commit, and where no fleet was', async () => {
    const { errorOutput } = await repository.run('graph', '-f', 'other.yaml', '--against', 'HEAD');
    expect(errorOutput).toContain('there is no HEAD:other.yaml');
    repository.edit('fleet.yaml', (text) => text.replace('cluster: cluster1', 'cluster: cluster9'));
    repository.commit('faulty');
    repository.git('checkout', '--quiet', 'before');
    const { exitCode, errorOutput: said } = await repository.run('graph', '--against', 'main');
    expect(exitCode).toBe(1);
    expect(said).toMatch(/^main:fleet\.yaml:\d+ has a problem: no cluster is named "cluster9"/);
  });

  test('says that there is neither a file nor a repository', async () => {
    const { exitCode, errorOutput } = await commandLine(temporaryFolder(), 'graph', '--against', 'main');
    expect(exitCode).toBe(2);
    expect(errorOutput).toContain('there is no file main, and');
  });
});
