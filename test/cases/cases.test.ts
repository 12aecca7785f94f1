/** Each case ends as its expected.yaml says; README.md beside this file tells how a case is written. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { commandLine } from '../command-line';
import { tree } from '../written-repository';
import { type ExpectedRun, layCase, readCases } from './case';
import { isOfCdk8s, type Outcome, prepareRun, runCase } from './run-case';

const CASES = readCases();

// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these must not reach a terminal
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

/** What no command may say, whatever it is given. */
const NEVER_SAID = [
  /internal error/i,
  /please report/,
  /^\s+at .+:\d+:\d+\)?$/m,
  /PRIVATE KEY/,
  /\bundefined\b/,
  CONTROL,
];

function expectSaid({ said }: Outcome, { says, neverSays }: ExpectedRun): void {
  expect(says.filter((text) => !said.includes(text))).toEqual([]);
  expect(neverSays.filter((text) => said.includes(text))).toEqual([]);
}

/** The texts that a file of the output must hold, and those that none may hold. */
function expectWritten(folder: string, { writes, neverWrites }: ExpectedRun): void {
  const files = tree(join(folder, 'dist'));
  const missing = Object.entries(writes).flatMap(([path, texts]) =>
    texts.filter((text) => !files[path]?.includes(text)).map((text) => `${path}: ${text}`),
  );
  expect(missing).toEqual([]);
  expect(neverWrites.filter((text) => Object.values(files).some((written) => written.includes(text)))).toEqual([]);
}

/** Each file is whole and can be read, and a second synthesis changes nothing. */
async function expectWhole(folder: string): Promise<void> {
  const files = tree(join(folder, 'dist'));
  const yaml = Object.entries(files).filter(([path]) => path.endsWith('.yaml'));
  expect(yaml.length).toBeGreaterThan(10);
  expect(yaml.filter(([, text]) => !text.endsWith('\n') || parseAllDocuments(text).some(hasErrors))).toEqual([]);
  const again = await commandLine(folder, 'synth');
  expect({ exit: again.exitCode, files: tree(join(folder, 'dist')) }).toEqual({ exit: 0, files });
}

const hasErrors = ({ errors }: { readonly errors: readonly unknown[] }): boolean => errors.length > 0;

/** `check` finds what `synth` found; beside a damaged lock it also compares the rest of the output. */
async function expectChecked(folder: string, { problems, exit }: ExpectedRun): Promise<void> {
  const checked = await runCase({ run: 'check' }, folder);
  expect(checked.exit).toBe(exit);
  expect(checked.problems).toEqual(exit === 0 ? [...problems].sort() : expect.arrayContaining(problems));
}

describe.each(CASES)('$name', (given) => {
  const folder = layCase(given);

  test.each(given.runs)('ends as expected: $run', async (expected) => {
    prepareRun(expected, folder);
    const before = tree(folder);
    const outcome = await runCase(expected, folder);
    for (const pattern of NEVER_SAID) expect(outcome.said).not.toMatch(pattern);
    expect(outcome).toMatchObject({ exit: expected.exit, problems: [...expected.problems].sort() });
    expectSaid(outcome, expected);
    if (expected.run === 'synth' && expected.exit === 0) {
      expectWritten(folder, expected);
      await expectWhole(folder);
    } else if (!isOfCdk8s(expected)) {
      // The cdk8s CLI empties its output folder before it asks anybody.
      expect(tree(folder)).toEqual(before);
    }
    if (expected.run === 'synth') await expectChecked(folder, expected);
  });
});

test('contains no private key in any case', () => {
  const files = readdirSync(__dirname, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.name.endsWith('.ts'),
  );
  const texts = files.map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name), 'utf8')] as const);
  expect(
    texts.filter(([, text]) => /PRIVATE KEY-----|"(d|k|p|q|dp|dq|qi)"\s*:/.test(text)).map(([name]) => name),
  ).toEqual([]);
});

test('counts the cases', () => {
  const kinds = new Set(CASES.map(({ name }) => name.split('/')[0]));
  const runs = CASES.flatMap((one) => one.runs);
  process.stdout.write(`${CASES.length} cases of ${kinds.size} kinds, ${runs.length} command lines\n`);
  expect(CASES.length).toBeGreaterThan(0);
});
