/** Finds objects that came and do nothing by themselves. */
import type { RiskRule } from './risk-rule';

const KINDS: readonly string[] = [
  'ConfigMap',
  'CSIDriver',
  'CustomResourceDefinition',
  'Namespace',
  'PersistentVolumeClaim',
  'PriorityClass',
  'Secret',
  'Service',
  'ServiceAccount',
];

export const notUsedYet: RiskRule = {
  name: 'not-used-yet',
  risk: 'harmless',
  looksFor: 'a Namespace, ServiceAccount, ConfigMap or the like that came',
  why: 'nothing happens until something uses it, and that is judged by itself.',
  assess: ({ action, item: { kind } }) =>
    action === 'added' && KINDS.includes(kind) ? ['does nothing until something uses it'] : [],
};
