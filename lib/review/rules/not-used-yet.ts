/** Finds added objects that have no effect until another object uses them. */
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
  looksFor: 'a new Namespace, ServiceAccount, ConfigMap or other object that does nothing by itself',
  why: 'it has no effect until another object uses it, and rules judge that object as well.',
  assess: ({ action, item: { kind } }) =>
    action === 'added' && KINDS.includes(kind) ? ['has no effect until another object uses it'] : [],
};
