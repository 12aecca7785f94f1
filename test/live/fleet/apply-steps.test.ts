import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyStepsOf, changeStepsOf } from './apply-steps';

const README = readFileSync(join(__dirname, '..', '..', '..', 'dist', 'README.md'), 'utf8');

test('reads the commands of one cluster, in their order', () => {
  const steps = applyStepsOf(README, 'cluster2');
  expect(steps[0]).toBe('kubectl --context cluster2 apply --server-side -k cluster2/crds');
  expect(steps.filter((step) => step.includes('cluster1'))).toEqual([]);
});

test('reads only the commands of one change from its numbered steps', () => {
  const page = [
    ...['## Changes under way', '', '### a', '', '1. Do:', '', '   ```sh', '   first', '   second', '   ```', ''],
    ...['2. Then:', '', '   ```sh', '   third', '   ```', '', '### b', '', '   ```sh', '   other', '   ```'],
  ].join('\n');
  expect(changeStepsOf(page, 'a')).toEqual(['first', 'second', 'third']);
  expect(() => changeStepsOf(page, 'c')).toThrow('no section "c"');
});

test('fails for a cluster that is not on the page', () => {
  expect(() => applyStepsOf(README, 'cluster3')).toThrow('no commands for cluster3');
});
