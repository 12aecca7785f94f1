/** Finds changed CustomResourceDefinitions. */
import { isSubstantial, type RiskRule } from './risk-rule';

export const customResources: RiskRule = {
  name: 'custom-resources',
  risk: 'rollout',
  looksFor: 'a CustomResourceDefinition that changed',
  why: 'objects that fitted can be refused from then on; a controller that needs its new fields has to come after it.',
  assess: (change) =>
    change.item.kind === 'CustomResourceDefinition' && change.action === 'changed' && isSubstantial(change)
      ? ['apply it before the controller that reads its objects']
      : [],
};
