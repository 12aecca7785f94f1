/** Answers of `explain` about fleets that have a fault somewhere. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Answer, commandLine } from '../command-line';
import { fleetFile, temporaryFolder } from '../support';

const BAD = join(__dirname, '..', 'fixtures', 'bad');

/** Two that call each other's workloads and need no file, and others that the faults are in. */
const FLEET = `fleet: four
clusters:
  east: { trustDomain: east.test, bundleEndpoint: { address: 10.1.0.1 }, gateway: { address: 10.1.0.2 } }
  west: { trustDomain: west.test, bundleEndpoint: { address: 10.2.0.1 }, gateway: { address: 10.2.0.2 } }
  north: { trustDomain: north.test, bundleEndpoint: { address: 10.3.0.1 } }
federation:
  - between: [north, east]
  - between: [east, west]
workloads:
  other: { cluster: north, image: registry.test/other:1.0.0, calls: [callee] }
  caller: { cluster: east, image: registry.test/caller:1.0.0, calls: [callee] }
  callee: { cluster: west, image: registry.test/callee:1.0.0, port: 8080, host: callee.test }
`;

const folder = temporaryFolder();
beforeAll(async () => {
  fleetFile(FLEET, folder);
  expect((await commandLine(folder, 'root')).exitCode).toBe(0);
});

async function ask(text: string, ...args: readonly string[]): Promise<Answer> {
  fleetFile(text, folder);
  return commandLine(folder, 'explain', ...args);
}

test.each([
  ['an unknown key', 'cluster: north,', 'cluster: north, replica: 2,', 'unknown-key'],
  ['a wrong type', 'cluster: north,', 'cluster: north, replicas: two,', 'wrong-type'],
  ['a missing key', 'cluster: north, ', '', 'missing-key'],
  ['a cluster without a trust domain', 'trustDomain: north.test', 'kubernetes: "1.36"', 'missing-key'],
  ['an entry of a list', 'between: [north, east]', '{ between: north }', 'wrong-type'],
  ['a misspelt cluster', 'cluster: north', 'cluster: nroth', 'unknown-cluster'],
  ['an address twice', 'address: 10.3.0.1', 'address: 10.3.0.1, port: 0', 'out-of-range'],
  ['the name of the fleet', 'fleet: four', 'fleet: 4', 'wrong-type'],
  ['two faults', 'cluster: north, image: registry.test/other:1.0.0', 'cluster: 5, image: 6', 'wrong-type'],
])('answers beside %s elsewhere, and prints it on standard error', async (_, from, to, code) => {
  const { exitCode, printed, errorOutput } = await ask(FLEET.replace(from, to), 'caller');
  expect(errorOutput).toContain(`error[${code}]`);
  expect(printed).toMatch(/^caller in namespace caller of east: spiffe:\/\/east\.test\/ns\/caller\/sa\/caller$/m);
  expect(printed).toContain('from fleet.yaml:11:3');
  expect(exitCode).toBe(0);
});

test('answers a call beside a fault elsewhere, with the places as they are in the file', async () => {
  const faulty = FLEET.replace('between: [north, east]', '{ between: north }');
  const { exitCode, printed } = await ask(faulty, 'caller', 'callee');
  expect(printed).toMatch(/^caller \(east\) -> callee \(west\): allowed$/m);
  expect(printed).toMatch(/federation .*trust each other\n +fleet\.yaml:8:21$/m);
  expect(printed).not.toContain('note:');
  expect(exitCode).toBe(0);
});

test.each([
  ['the cluster of an end', 'address: 10.2.0.2 }', 'address: 10.2.0.2, port: 0 }', 'fleet.yaml:4:110: out-of-range'],
  ['an end', 'host: callee.test', 'host: "callee test"', 'fleet.yaml:12:81: malformed'],
  ['a federation of an end', '[north, east]', '[nroth, east]', 'fleet.yaml:7:15: unknown-cluster'],
  ['what all have in common', 'fleet: four', 'fleet: four\nversion: {}', 'fleet.yaml:2:1: unknown-key'],
])('says where an answer depends on a fault of %s', async (_, from, to, fault) => {
  const faulty = FLEET.replace(from, to);
  const text = await ask(faulty, 'caller', 'callee');
  expect(text.printed).toContain(`\n  note: this answer depends on a part of the fleet with a problem: ${fault}`);
  const json = await ask(faulty, 'caller', 'callee', '--json');
  expect(JSON.parse(json.printed).faults).toEqual([fault]);
});

test('says that a part with a fault cannot be explained', async () => {
  const faulty = FLEET.replace('cluster: north', 'cluster: nroth');
  for (const args of [['other'], ['other', 'callee'], ['callee', 'other']]) {
    const { exitCode, printed, errorOutput } = await ask(faulty, ...args);
    expect([exitCode, printed]).toEqual([1, '']);
    expect(errorOutput).toContain('other cannot be explained until its problems are solved');
  }
  expect((await ask(faulty, 'othre')).exitCode).toBe(2);
});

test.each([
  ['no YAML', 'fleet: [\n'],
  ['no clusters', 'fleet: x\n'],
  ['a text', 'fleet'],
])('answers nothing where the fleet is %s', async (_, text) => {
  const { exitCode, printed, errorOutput } = await ask(text, 'a', 'b');
  expect([exitCode, printed]).toEqual([1, '']);
  expect(errorOutput).toMatch(/error\[/);
});

test('answers, or says why not, for each workload of each fleet that is wrong', async () => {
  const files = readdirSync(BAD).filter((name) => name.endsWith('.yaml'));
  expect(files.length).toBeGreaterThan(100);
  const internal: string[] = [];
  for (const file of files) {
    const text = readFileSync(join(BAD, file), 'utf8');
    const names = [...text.matchAll(/^ {2}([a-z][a-z0-9-]*):/gm)].map(([, name]) => name!);
    for (const args of [['nobody'], ...names.slice(-3).map((name) => [name]), names.slice(-2)]) {
      const { exitCode, errorOutput } = await commandLine(BAD, 'explain', '-f', file, ...args);
      if (exitCode === 3) internal.push(`${file} ${args.join(' ')}: ${errorOutput.slice(-300)}`);
    }
  }
  expect(internal).toEqual([]);
});
