import { suggest } from '../../lib/fleet/suggest';

test.each([
  ['trustDomian', 'trustDomain'],
  ['gatway', 'gateway'],
  ['GATEWAY', 'gateway'],
])('takes %p for a slip of %p', (written, meant) => {
  expect(suggest(written, ['bundleEndpoint', 'gateway', 'trustDomain'])).toBe(meant);
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
