/** Finds configuration that running pods read. */
import { fieldsBelow, listed, type RiskRule } from './risk-rule';

export const configMapRead: RiskRule = {
  name: 'config-map-read',
  risk: 'rollout',
  looksFor: 'a ConfigMap that pods read and that was changed or removed',
  why: 'programs that read it at their start keep the old content until their pods are replaced. Without it, no new pod starts.',
  assess: (change, trees) => {
    const { action, item } = change;
    if (item.kind !== 'ConfigMap' || action === 'added') return [];
    if (action === 'changed' && fieldsBelow(change, 'data').length + fieldsBelow(change, 'binaryData').length === 0)
      return [];
    // What read it only before does not need it any more.
    const readers = action === 'removed' ? trees.readersAfter(item) : trees.readersOf(item);
    if (readers.length === 0)
      return [
        action === 'removed' ? 'nothing in the output reads it' : 'its content changes; nothing in the output reads it',
      ];
    return [
      action === 'removed' ? `${listed(readers)} reads it, and no new pod can start` : `${listed(readers)} reads it`,
    ];
  },
};
