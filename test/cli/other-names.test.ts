/** Messages for a fleet file and an output folder with names of their own. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine } from '../command-line';
import { fleetFile, temporaryFolder } from '../support';
import { tree } from '../written-repository';

const FLEET = `fleet: two
clusters:
  east: { trustDomain: east.test, bundleEndpoint: { address: 10.1.0.1 } }
`;

/** A folder with a fleet file of any name, and its root. */
async function folderWith(name: string): Promise<string> {
  const folder = temporaryFolder();
  fleetFile(FLEET, folder);
  await commandLine(folder, 'root');
  renameSync(join(folder, 'fleet.yaml'), join(folder, name));
  return folder;
}

test.each([
  ['the fleet.yaml', 'dist', "npx cdk8s-spire synth -f 'the fleet.yaml'"],
  ['fleet.yaml', 'out put', "npx cdk8s-spire synth -o 'out put'"],
  ['$(id).yaml', 'a\nb', "npx cdk8s-spire synth -f '$(id).yaml' -o $'a\\012b'"],
])('headers and hints name the command that writes %j into %j', async (fleet, output, command) => {
  const folder = await folderWith(fleet);
  expect((await commandLine(folder, 'synth', '-f', fleet, '-o', output)).exitCode).toBe(0);
  for (const text of Object.values(tree(join(folder, output)))) {
    expect(text.split('\n')[0]).toContain(`change the fleet and run: ${command}`);
  }
  const page = join(folder, output, 'README.md');
  writeFileSync(page, `${readFileSync(page, 'utf8')}more\n`);
  const { errorOutput } = await commandLine(folder, 'check', '-f', fleet, '-o', output);
  expect(errorOutput).toContain(`update the output with ${command} and commit`);
});

test('the output is the same wherever it is written from', async () => {
  const folder = await folderWith('fleet.yaml');
  mkdirSync(join(folder, 'below'));
  await commandLine(folder, 'synth', '-o', 'out');
  const before = tree(join(folder, 'out'));
  const { errorOutput } = await commandLine(join(folder, 'below'), 'synth', '-f', '../fleet.yaml', '-o', '../out');
  expect(errorOutput).toContain('0 files written');
  expect(tree(join(folder, 'out'))).toEqual(before);
});

test('no path of the machine is in the output', async () => {
  const folder = await folderWith('fleet.yaml');
  const elsewhere = join(temporaryFolder(), 'out');
  await commandLine(folder, 'synth', '-o', elsewhere);
  for (const text of Object.values(tree(elsewhere))) {
    expect(text.split('\n')[0]).toContain('npx cdk8s-spire synth -o THIS_FOLDER');
    expect(text).not.toContain(elsewhere);
  }
});

test('explain names manifests in the output folder', async () => {
  const folder = await folderWith('fleet.yaml');
  const more = `workloads:\n  app: { cluster: east, image: registry.test/app:1.0.0 }\n`;
  writeFileSync(join(folder, 'other.yaml'), `${FLEET}${more}`);
  const { printed } = await commandLine(folder, 'explain', '-f', 'other.yaml', '-o', 'out/put', 'app');
  expect(printed).toContain('from other.yaml:5:3');
  expect(printed).toContain(' out/put/east/identities/workload-app.yaml');
});

test('commands in the page of the output name the fleet file and the folder', async () => {
  const folder = await folderWith('fleet.yaml');
  writeFileSync(join(folder, 'a fleet.yaml'), FLEET);
  await commandLine(folder, 'synth', '-f', 'a fleet.yaml', '-o', 'out');
  const page = readFileSync(join(folder, 'out', 'README.md'), 'utf8');
  const commands = page.split('\n').filter((line) => line.includes('npx cdk8s-spire') && !line.startsWith('<!--'));
  expect(commands.map((line) => /npx cdk8s-spire (root|explain)[^`]*/.exec(line)?.[0])).toEqual([
    "npx cdk8s-spire root -f 'a fleet.yaml'",
    "npx cdk8s-spire explain - --cluster east -f 'a fleet.yaml' -o out",
  ]);
});

test('hints of problems name the fleet file', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'a fleet.yaml'), FLEET);
  const { errorOutput } = await commandLine(folder, 'check', '-f', 'a fleet.yaml');
  expect(errorOutput).toContain("make one with: npx cdk8s-spire root east -f 'a fleet.yaml'");
});

test('no control character of an argument or a file name reaches the terminal', async () => {
  const folder = temporaryFolder();
  const evil = 'x\u001b[2J\u009b1m\u202e\n.yaml';
  writeFileSync(join(folder, evil), FLEET);
  for (const args of [
    ['check', '-f', evil],
    ['synth', '-f', evil, '-o', evil],
    ['explain', '-f', evil, evil],
    ['graph', '-f', evil, '--cluster', evil],
    ['graph', '--against', evil],
    ['diff', evil],
    ['prune-commands', '-o', evil],
    ['root', '-f', evil, evil],
    ['bundle', 'check', evil, '-t', evil],
    ['bundle', 'show', '-f', evil, evil],
    ['init', evil, '--trust-domain', evil],
    [evil],
    ['synth', `--${evil}`],
  ]) {
    const { printed, errorOutput } = await commandLine(folder, ...args);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    expect([args, `${printed}${errorOutput}`.match(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]/)]).toEqual([args, null]);
  }
});

test('check holds no fleet against what another one wrote', async () => {
  const folder = await folderWith('fleet.yaml');
  await commandLine(folder, 'synth');
  writeFileSync(join(folder, 'second.yaml'), FLEET.replace('fleet: two', 'fleet: second').replaceAll('east', 'west'));
  await commandLine(folder, 'root', '-f', 'second.yaml');
  const { exitCode, errorOutput } = await commandLine(folder, 'check', '-f', 'second.yaml');
  expect(exitCode).toBe(1);
  expect(errorOutput).toContain('dist:1:1: error[shared-output] this folder also contains the output of fleet.yaml');
  expect(errorOutput.match(/error\[/g)).toHaveLength(1);
  renameSync(join(folder, 'fleet.yaml'), join(folder, 'renamed.yaml'));
  expect((await commandLine(folder, 'check', '-f', 'renamed.yaml')).errorOutput).not.toContain('shared-output');
});
