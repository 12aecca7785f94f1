/** Finds deliveries that go, and that may take along all they have delivered. */
import { isDelivery } from './delivery-group';
import type { RiskRule } from './risk-rule';

export const deliveryRemoved: RiskRule = {
  name: 'delivery-removed',
  risk: 'destructive',
  looksFor: 'an object of Argo CD or Flux that went',
  why: 'where it prunes, or has a finalizer, everything that it applied goes with it.',
  judge: ({ action, item }) =>
    action === 'removed' && isDelivery(item)
      ? ['what it applied can go with it: see whether it prunes before it is deleted']
      : [],
};
