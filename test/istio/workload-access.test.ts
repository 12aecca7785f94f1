import { WorkloadAccess } from '../../lib/istio/workload-access';
import type { ResolvedAccess } from '../../lib/model/resolved-fleet';
import { find, objectsOf } from '../manifests';

const objectsFor = (...callers: readonly string[]) => objectsOpenTo(undefined, ...callers);

const objectsOpenTo = (plainText: ResolvedAccess['plainText'], ...callers: readonly string[]) =>
  objectsOf(
    (scope) =>
      new WorkloadAccess(scope, 'access', {
        workload: 'shop',
        namespace: 'n',
        podLabels: { app: 'shop' },
        callers,
        plainText,
      }),
  );

test('accepts only mutual TLS', () => {
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

test('allows no callers without calls: a policy without rules, not a rule without sources', () => {
  expect(find(objectsFor(), 'AuthorizationPolicy').spec).toEqual({
    selector: { matchLabels: { app: 'shop' } },
    action: 'ALLOW',
  });
});

describe('an exception for callers without a proxy', () => {
  const because = 'scraped without a proxy';

  test('accepts plain text from everyone only at its ports, and named callers at the others', () => {
    const objects = objectsOpenTo({ ports: [9102, 9103], because }, 'spiffe://a.test/x');
    expect(find(objects, 'PeerAuthentication').spec).toEqual({
      selector: { matchLabels: { app: 'shop' } },
      mtls: { mode: 'STRICT' },
      portLevelMtls: { 9102: { mode: 'PERMISSIVE' }, 9103: { mode: 'PERMISSIVE' } },
    });
    expect(find(objects, 'AuthorizationPolicy').spec).toMatchObject({
      rules: [
        { from: [{ source: { principals: ['a.test/x'] } }] },
        { to: [{ operation: { ports: ['9102', '9103'] } }] },
      ],
    });
  });

  test('accepts plain text at every port if it names none', () => {
    const objects = objectsOpenTo({ because });
    expect(find(objects, 'PeerAuthentication').spec).toMatchObject({ mtls: { mode: 'PERMISSIVE' } });
    expect(find(objects, 'AuthorizationPolicy').spec).toMatchObject({ rules: [{}] });
  });
});
