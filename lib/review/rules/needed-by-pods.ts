/** Finds removed ServiceAccounts and other objects that pods need to start. */
import type { RiskRule } from './risk-rule';

const SAYS: Readonly<Record<string, string>> = {
  CSIDriver: 'pods that use the driver do not start',
  PriorityClass: 'pods that name it are refused',
  Secret: 'pods that read it do not start',
  ServiceAccount: 'pods that run as it are refused',
};

export const neededByPods: RiskRule = {
  name: 'needed-by-pods',
  risk: 'rollout',
  looksFor: 'a ServiceAccount, Secret, PriorityClass or CSIDriver that was removed or changed',
  why: 'running pods are not affected, but pods that start later are.',
  assess: ({ action, item: { kind }, fields }) => {
    const says = SAYS[kind];
    if (says === undefined || action === 'added') return [];
    if (action === 'removed') return [says];
    return fields.some(({ path }) => path[0] !== 'metadata')
      ? ['pods that start after the apply use the changed one']
      : [];
  },
};
