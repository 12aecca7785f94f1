import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyStepsOf } from './apply-steps';

const README = readFileSync(join(__dirname, '..', '..', '..', 'dist', 'README.md'), 'utf8');

test('reads the commands of one cluster, in their order', () => {
  const steps = applyStepsOf(README, 'cluster2');
  expect(steps[0]).toBe('kubectl --context cluster2 apply --server-side -k cluster2/crds');
  expect(steps.filter((step) => step.includes('cluster1'))).toEqual([]);
});

test('fails for a cluster that the page does not know', () => {
  expect(() => applyStepsOf(README, 'cluster3')).toThrow('no commands for cluster3');
});
