import { WorkloadAccess } from '../../lib/istio/workload-access';
import { find, objectsOf } from '../manifests';

const objectsFor = (...callers: readonly string[]) =>
  objectsOf(
    (scope) =>
      new WorkloadAccess(scope, 'access', {
        workload: 'shop',
        namespace: 'n',
        access: { name: 'shop', podLabels: { app: 'shop' }, callers },
      }),
  );

test('takes mutual TLS alone', () => {
  expect(find(objectsFor(), 'PeerAuthentication').spec).toEqual({
    selector: { matchLabels: { app: 'shop' } },
    mtls: { mode: 'STRICT' },
  });
});

test('allows the callers, by their SPIFFE IDs without scheme', () => {
  expect(find(objectsFor('spiffe://a.test/x', 'spiffe://a.test/y'), 'AuthorizationPolicy').spec).toEqual({
    selector: { matchLabels: { app: 'shop' } },
    action: 'ALLOW',
    rules: [{ from: [{ source: { principals: ['a.test/x', 'a.test/y'] } }] }],
  });
});

test('allows nobody where nobody calls: a policy without rule, not a rule without source', () => {
  expect(find(objectsFor(), 'AuthorizationPolicy').spec).toEqual({
    selector: { matchLabels: { app: 'shop' } },
    action: 'ALLOW',
  });
});
