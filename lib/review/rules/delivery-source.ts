/** Finds delivery objects whose source, or its verification, changes. */
import { isKustomization } from '../read-items';
import { isDeliveryObject } from './delivery-objects';
import { listed, newFields, type RiskRule } from './risk-rule';

/** Anywhere in an object of Argo CD or Flux. */
const OF_DELIVERY: readonly string[] = [
  'components',
  'decryption',
  'helm',
  'kustomize',
  'patches',
  'plugin',
  'postBuild',
  'ref',
  'repoURL',
  'sourceRef',
  'sourceRepos',
  'targetRevision',
  'url',
  'verify',
];

/** At the top of what kustomize reads. */
const OF_KUSTOMIZATION: readonly string[] = [
  'bases',
  'components',
  'configMapGenerator',
  'crds',
  'generators',
  'helmChartInflationGenerator',
  'helmCharts',
  'images',
  'patches',
  'patchesJson6902',
  'patchesStrategicMerge',
  'remote',
  'replacements',
  'secretGenerator',
  'transformers',
  'vars',
];

export const deliverySource: RiskRule = {
  name: 'delivery-source',
  risk: 'trust',
  looksFor:
    'another URL, reference, signature or key from which Argo CD or Flux applies; other patches, generators or remote resources of a kustomization',
  why: 'whoever can write to the source controls everything in the cluster, including the keys of SPIRE.',
  assess: (change) => {
    const { item } = change;
    const keys = isDeliveryObject(item)
      ? newFields(change).flatMap(({ path }) => path.find((key) => OF_DELIVERY.includes(key)) ?? [])
      : isKustomization(item)
        ? newFields(change).flatMap(({ path: [key = ''] }) => (OF_KUSTOMIZATION.includes(key) ? [key] : []))
        : [];
    return keys.length === 0 ? [] : [`the applied objects come from another source or are modified: ${listed(keys)}`];
  },
};
