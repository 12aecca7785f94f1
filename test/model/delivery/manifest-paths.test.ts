import { manifestPath } from '../../../lib/model/delivery/manifest-paths';

test('names files after what is in them', () => {
  expect(manifestPath('east', ['namespaces', 'shop'])).toBe('east/namespaces/shop.yaml');
});

test('keeps what is named kustomization apart from the list of files', () => {
  expect(manifestPath('east', ['namespaces', 'kustomization'])).toBe('east/namespaces/_kustomization.yaml');
});
