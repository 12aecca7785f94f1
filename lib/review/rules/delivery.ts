/** Finds changed objects of Argo CD and Flux, which deliver the output. */
import { isDeliveryObject } from './delivery-objects';
import { isSubstantial, type RiskRule } from './risk-rule';

export const delivery: RiskRule = {
  name: 'delivery',
  risk: 'rollout',
  looksFor: 'an object of Argo CD or Flux that was added or changed',
  why: 'it decides from where and in which order everything else is applied, and what is pruned.',
  assess: (change) =>
    isDeliveryObject(change.item) && change.action !== 'removed' && isSubstantial(change)
      ? ['the source or the settings of the delivery change']
      : [],
};
