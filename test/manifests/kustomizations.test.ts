import { kustomizationsOf } from '../../lib/manifests/kustomizations';
import type { ManifestFile } from '../../lib/manifests/manifest-file';

const file = (path: string, layer?: ManifestFile['layer']): ManifestFile => ({ path, layer, objects: [] });

const FILES = [
  file('east/workloads/b.yaml', 'workloads'),
  file('east/crds/spire.yaml', 'crds'),
  file('east/workloads/a.yaml', 'workloads'),
  file('istio/east/istio-operator.yaml'),
];

const resourcesOf = (path: string): readonly string[] | undefined =>
  kustomizationsOf('east', FILES).find((kustomization) => kustomization.path === path)?.content.resources;

test('lists in each layer all its files, sorted', () => {
  expect(resourcesOf('east/workloads/kustomization.yaml')).toEqual(['a.yaml', 'b.yaml']);
});

test('lists in the cluster its layers, in the order of applying, and no empty one', () => {
  expect(resourcesOf('east/kustomization.yaml')).toEqual(['crds', 'workloads']);
});

test('lists nothing that no API server takes', () => {
  expect(JSON.stringify(kustomizationsOf('east', FILES))).not.toContain('istio-operator');
});

test('writes one for each layer and one for the cluster', () => {
  expect(kustomizationsOf('east', FILES).map(({ path }) => path)).toEqual([
    'east/kustomization.yaml',
    'east/crds/kustomization.yaml',
    'east/workloads/kustomization.yaml',
  ]);
});
