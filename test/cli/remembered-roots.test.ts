/** That a root signs itself is verified once, and believed only where an earlier run found it so. */
import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RememberedRoots } from '../../lib/cli/remembered-roots';
import { type Answer, commandLineIn } from '../command-line';
import { CLUSTERS, manyClusters, manyClustersFolder } from '../many-clusters';
import { certificate } from '../model/trust/certificates';

let folder: string;
const memory = (runtime = 'test') => ({ folder: join(folder, 'memory'), runtime });
const file = (): string => join(folder, 'memory', 'verified-roots.json');
const verify = jest.spyOn(X509Certificate.prototype, 'verify');

/** How often a signature is verified while a command runs. */
async function verified(command = 'synth', runtime?: string): Promise<number> {
  verify.mockClear();
  await run(command, runtime);
  return verify.mock.calls.length;
}

const run = (command: string, runtime?: string): Promise<Answer> =>
  commandLineIn({ cwd: folder, roots: new RememberedRoots(memory(runtime)) }, command);

beforeEach(async () => {
  folder = await manyClustersFolder();
});

test('are verified in the first run, and not in the next', async () => {
  expect(await verified()).toBe(CLUSTERS);
  expect([await verified(), await verified('check')]).toEqual([0, 0]);
});

test('are verified again where something else may have verified them', async () => {
  await run('synth');
  expect(await verified('check', 'another Node')).toBe(CLUSTERS);
});

test('are kept by synth alone, and only of a fleet that was written', async () => {
  await run('check');
  writeFileSync(join(folder, 'fleet.yaml'), manyClusters(', trustDomain: Wrong'));
  await run('synth');
  expect(existsSync(file())).toBe(false);
});

test('are kept for every fleet of the folder', async () => {
  await run('synth');
  const kept = (): number => JSON.parse(readFileSync(file(), 'utf8')).fingerprints.length;
  writeFileSync(join(folder, 'fleet.yaml'), manyClusters('', CLUSTERS - 1));
  writeFileSync(join(folder, 'trust', 'office.example.pem'), await certificate());
  // A root that is replaced at once would be refused.
  rmSync(join(folder, 'dist'), { recursive: true });
  await run('synth');
  expect(kept()).toBe(CLUSTERS + 1);
});

describe('a certificate that another key signed', () => {
  let foreign: string;

  beforeEach(async () => {
    await run('synth');
    foreign = await certificate({ foreignSigner: true });
    writeFileSync(join(folder, 'trust', 'office.example.pem'), foreign);
  });

  const written = (change: (kept: { fingerprints: string[]; digest: string }) => unknown): void =>
    writeFileSync(file(), JSON.stringify(change(JSON.parse(readFileSync(file(), 'utf8')))));

  test.each<[string, () => void]>([
    ['as it is', () => {}],
    [
      'with its fingerprint written into the memory',
      () =>
        written((kept) => ({
          ...kept,
          fingerprints: [...kept.fingerprints, new X509Certificate(foreign).fingerprint256],
        })),
    ],
    ['with a memory of another shape', () => written(() => [[new X509Certificate(foreign).fingerprint256]])],
    ['with a memory that is cut short', () => writeFileSync(file(), readFileSync(file()).subarray(0, 300))],
    [
      'with a folder in place of the memory',
      () => {
        rmSync(file());
        mkdirSync(file());
      },
    ],
  ])('is refused %s', async (_, trick) => {
    trick();
    expect(await run('check')).toMatchObject({ exitCode: 1, complained: expect.stringContaining('root-not-ca') });
  });
});
