import { relevantProblems } from '../../lib/explain/relevant-problems';
import { problemAt } from '../../lib/problems/problem';

const parts = { homes: new Set(['east']), workloads: new Set<string>() };
const at = (...path: readonly string[]) =>
  problemAt(path, 'unsupported-version', { component: '', got: '', supported: '' });

test.each([
  [['spire', 'telemetry', 'prometheus'], 0],
  [['clusters', 'east', 'spire', 'telemetry', 'prometheus'], 0],
  [['clusters', 'east', 'spire', 'server'], 1],
  [['spire', 'caTtl'], 1],
  [['clusters', 'west', 'spire', 'server'], 0],
])('an explanation of east depends on a problem at %j: %i', (path, count) => {
  expect(relevantProblems([at(...path)], parts, undefined)).toHaveLength(count);
});
