/** Finds removed delivery objects, whose removal may delete everything that they delivered. */
import { isDeliveryObject } from './delivery-objects';
import type { RiskRule } from './risk-rule';

export const deliveryRemoved: RiskRule = {
  name: 'delivery-removed',
  risk: 'destructive',
  looksFor: 'an object of Argo CD or Flux that was removed',
  why: 'if it prunes or has a finalizer, everything that it applied is deleted as well.',
  assess: ({ action, item }) =>
    action === 'removed' && isDeliveryObject(item)
      ? ['the objects that it applied can be deleted too; check its prune setting first']
      : [],
};
