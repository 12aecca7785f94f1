import type { ResolvedIdentity } from '../../lib/model/resolved-fleet';
import { WorkloadIdentity } from '../../lib/spire/workload-identity';
import { find, objectsOf } from '../manifests';

function specOf(identity: Partial<ResolvedIdentity>) {
  const whole: ResolvedIdentity = {
    name: 'a',
    file: 'a',
    spiffeIdTemplate: 'spiffe://east.test/a',
    podLabels: { app: 'a' },
    federatesWith: [],
    dnsNames: [],
    fallback: false,
    ...identity,
  };
  return find(
    objectsOf((scope) => new WorkloadIdentity(scope, 'identity', whole)),
    'ClusterSPIFFEID',
  ).spec;
}

test('carries the class that the controller manager serves', () => {
  expect(specOf({})).toMatchObject({ className: 'spire' });
});

test('selects by labels of the pod and by the name of its namespace', () => {
  expect(specOf({ namespace: 'n' })).toMatchObject({
    podSelector: { matchLabels: { app: 'a' } },
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'n' } },
  });
});

test('lets only pods of the ServiceAccount claim the identity', () => {
  expect(specOf({ namespace: 'n', serviceAccount: 's' })).toMatchObject({
    workloadSelectorTemplates: ['k8s:ns:n', 'k8s:sa:s'],
  });
});

test('steps back behind every other rule when it is for the rest of the mesh', () => {
  expect(specOf({ fallback: true })).toMatchObject({ fallback: true });
  expect(specOf({ fallback: false })).not.toHaveProperty('fallback');
});

test('federates and names DNS names exactly as decided', () => {
  expect(specOf({ federatesWith: ['west.test'], dnsNames: ['a.test'] })).toMatchObject({
    federatesWith: ['west.test'],
    dnsNameTemplates: ['a.test'],
  });
});

test('limits the life of SVIDs as decided', () => {
  expect(specOf({ x509SvidTtl: 3600, jwtSvidTtl: 120 })).toMatchObject({ ttl: '1h', jwtTtl: '2m' });
});

test.each(['ttl', 'jwtTtl', 'federatesWith', 'dnsNameTemplates', 'workloadSelectorTemplates', 'namespaceSelector'])(
  'leaves out %s where there is nothing to say',
  (key) => {
    expect(specOf({})).not.toHaveProperty(key);
  },
);
