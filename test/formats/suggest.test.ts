import { suggest } from '../../lib/formats/suggest';

test.each([
  ['trustDomian', 'trustDomain'],
  ['gatway', 'gateway'],
  ['GATEWAY', 'gateway'],
])('suggests for %p the value %p', (written, meant) => {
  expect(suggest(written, ['bundleEndpoint', 'gateway', 'trustDomain'])).toBe(meant);
});

test.each([
  ['loadbalancer', 'LoadBalancer'],
  ['CLUSTERIP', 'ClusterIP'],
  ['nodeport', 'NodePort'],
  ['debug', 'DEBUG'],
])('suggests for %p the value %p, independent of case', (written, meant) => {
  expect(suggest(written, ['LoadBalancer', 'NodePort', 'ClusterIP', 'DEBUG', 'INFO', 'WARN', 'ERROR'])).toBe(meant);
});

test('suggests nothing when no name is near', () => {
  expect(suggest('replicas', ['gateway', 'trustDomain'])).toBeUndefined();
});

test('suggests nothing when there is nothing to choose from', () => {
  expect(suggest('east', [])).toBeUndefined();
});

test('suggests the same of two equally near names whatever their order', () => {
  expect(suggest('wesd', ['west', 'wess'])).toBe(suggest('wesd', ['wess', 'west']));
});
