/** Finds changes of how many pods a drain of nodes may take at once. */
import type { RiskRule } from './risk-rule';

export const disruptionBudget: RiskRule = {
  name: 'disruption-budget',
  risk: 'rollout',
  looksFor: 'a PodDisruptionBudget that was added, removed or changed',
  why: 'without a budget, a drain can take all pods at once; a budget that is too strict stops every drain.',
  assess: ({ action, item: { kind } }) => {
    if (kind !== 'PodDisruptionBudget') return [];
    if (action === 'added') return ['drains of nodes take fewer of its pods at once'];
    return [
      action === 'removed'
        ? 'a drain of nodes can take all of its pods at once'
        : 'how many of its pods a drain may take changes',
    ];
  },
};
