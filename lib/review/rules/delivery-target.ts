/** Finds delivery objects that apply different files or to a different cluster. Objects that they no longer apply are pruned. */
import { isKustomization } from '../read-items';
import { isDeliveryObject } from './delivery-objects';
import { fieldsBelow, fieldsNamed, listed, type RiskRule } from './risk-rule';

export const deliveryTarget: RiskRule = {
  name: 'delivery-target',
  risk: 'destructive',
  looksFor:
    'another path, target or deletion policy of Argo CD or Flux; pruning that is switched on; other names or another namespace set by a kustomization',
  why: 'objects that are no longer found at the path, or are applied elsewhere, are deleted where they were applied before.',
  assess: (change) => {
    if (isKustomization(change.item)) {
      const keys = ['namespace', 'namePrefix', 'nameSuffix'].filter((key) => fieldsBelow(change, key).length > 0);
      return keys.length === 0 ? [] : [`all objects get another name or namespace: ${listed(keys)}`];
    }
    if (!isDeliveryObject(change.item)) return [];
    const targets = fieldsNamed(
      change,
      'deletionPolicy',
      'destination',
      'kubeConfig',
      'path',
      'targetNamespace',
    ).filter(
      // A patch has a path too, which is one inside of an object.
      ({ path }) => !path.includes('patches'),
    );
    const prunes = fieldsNamed(change, 'prune').filter(({ after }) => after !== false);
    return [
      ...(targets.length > 0 ? ['objects that it no longer applies, or applies elsewhere, can be deleted'] : []),
      ...(prunes.length > 0 ? ['objects that are no longer in its source are now deleted'] : []),
    ];
  },
};
