/** Finds changed CustomResourceDefinitions. */
import { isSubstantial, type RiskRule } from './risk-rule';

export const customResources: RiskRule = {
  name: 'custom-resources',
  risk: 'rollout',
  looksFor: 'a CustomResourceDefinition that was changed',
  why: 'objects that were valid can be refused after the change. A controller that needs the new fields must be applied after it.',
  assess: (change) =>
    change.item.kind === 'CustomResourceDefinition' && change.action === 'changed' && isSubstantial(change)
      ? ['apply it before the controller that reads its objects']
      : [],
};
