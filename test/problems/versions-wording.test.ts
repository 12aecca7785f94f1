/** Second sentences of problems whose first one is pinned in messages.test.ts. */
import { parseFleet } from '../../lib/fleet/parse';
import { type Problem, problemAt } from '../../lib/problems/problem';
import { renderProblems } from '../../lib/problems/render';

const { source } = parseFleet('fleet: f\n', 'fleet.yaml');
const text = (problem: Problem): string => renderProblems([problem], source);

test('leads gRPC of an image to a Service that can name it', () => {
  expect(text(problemAt([], 'port-not-http', { port: 50051, protocol: 'gRPC', carried: 'HTTP/1.1' }))).toContain(
    'port 50051 is the well-known port of gRPC, but workloads with image are called with HTTP/1.1',
  );
});

test('asks for a restart right after one step back of Istio', () => {
  expect(text(problemAt([], 'istio-downgrade', { from: '1.31.4', to: '1.30.0' }))).toContain(
    'hint: restart the pods with proxies right after the apply',
  );
});

test('offers no Istio that the Kubernetes at hand cannot run', () => {
  const facts = { version: '1.28.1', since: '1.29.2', kubernetes: { runs: '1.30', needed: '1.31' } };
  expect(text(problemAt([], 'istio-too-old-to-federate', facts))).toContain(
    'hint: waive the rule until the nodes run Kubernetes 1.31: Istio 1.29.2 does not run on 1.30',
  );
});
