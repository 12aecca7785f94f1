/** Finds kustomizations whose settings change what they apply. */
import { isKustomization } from '../read-items';
import type { RiskRule } from './risk-rule';

export const kustomizationSettings: RiskRule = {
  name: 'kustomization-settings',
  risk: 'rollout',
  looksFor:
    'a kustomization that was added, has other settings such as patches, or lists the files of its folder again',
  why: 'it can change every object that it applies.',
  assess: ({ action, item, fields }) =>
    isKustomization(item) &&
    (action === 'added' ||
      fields.some(({ after, path }) => after === undefined || !['missing', 'unlisted'].includes(path[0] ?? '')))
      ? ['the objects that it applies can change']
      : [],
};
