/** Runs the functions of .ci/budget.sh in bash. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../support';

const CI = join(__dirname, '..', '..', '.ci');

const DURATIONS = `# name warm cold
short 2 2
suite 10 50
`;

/** What a script prints that uses the functions, with a budget of 60 minutes of which some are over. */
function bash(script: string, minutesOver = 0) {
  const file = join(temporaryFolder(), 'durations');
  writeFileSync(file, DURATIONS);
  const start = `set -uo pipefail; budget=60; durations=${file}; source ${join(CI, 'budget.sh')}; SECONDS=$((${minutesOver} * 60))`;
  const { stdout, status } = spawnSync('bash', ['-c', `${start}\n${script}`], { encoding: 'utf8' });
  return { lines: stdout.trim().split('\n'), status };
}

test('counts what passed and what failed, and fails with a failed proof', () => {
  const { lines, status } = bash('prove short true; prove short false; prove suite true; summarize');
  expect(lines.at(-1)).toBe('2 passed, 1 failed, 0 skipped');
  expect(lines).toContain('== short FAILED');
  expect(status).toBe(1);
});

test('skips suites that do not fit into the budget, names them, and continues with the others', () => {
  const { lines, status } = bash('prove suite echo ran; prove short echo ran; summarize', 51);
  expect(lines.filter((line) => line === 'ran')).toHaveLength(1);
  expect(lines).toContain('== suite skipped: it takes about 10 minutes, and 51 of 60 are over');
  expect(lines.slice(-2)).toEqual(['skipped: suite', '1 passed, 0 failed, 1 skipped']);
  expect(status).toBe(0);
});

test('starts what ends exactly with the budget', () => {
  expect(bash('prove suite true; summarize', 50).lines.at(-1)).toBe('1 passed, 0 failed, 0 skipped');
});

test.each([
  ['0 of 13', 10],
  ['1 of 13', 14],
  ['13 of 13', 50],
])('adds the time for building what is missing: %s', (missing, minutes) => {
  expect(bash(`minutes_of suite ${missing}`).lines).toEqual([String(minutes)]);
});

test('skips a suite whose programs would have to be built first, where it fits only without', () => {
  expect(bash('prove suite --missing "13 of 13" true; summarize', 20).lines.at(-1)).toBe(
    '0 passed, 0 failed, 1 skipped',
  );
  expect(bash('prove suite --missing "0 of 13" true; summarize', 20).lines.at(-1)).toBe(
    '1 passed, 0 failed, 0 skipped',
  );
});

test('runs a proof that has no duration, rather than forget it', () => {
  expect(bash('prove new true; summarize', 59).lines.at(-1)).toBe('1 passed, 0 failed, 0 skipped');
});

test('.ci/durations has one line for each proof of .ci/run', () => {
  const run = readFileSync(join(CI, 'run'), 'utf8');
  const proofs = [...run.matchAll(/^prove(?:_live)? ([\w-]+) /gm)].map(([, name]) => name);
  const rows = readFileSync(join(CI, 'durations'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(/ +/));
  expect(rows.map(([name]) => name)).toEqual(proofs);
  for (const [, warm, cold] of rows) expect(Number(cold)).toBeGreaterThanOrEqual(Number(warm));
});
