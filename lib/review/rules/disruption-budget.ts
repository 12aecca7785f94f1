/** Finds changes of how many pods may be down at once while nodes are drained. */
import type { RiskRule } from './risk-rule';

export const disruptionBudget: RiskRule = {
  name: 'disruption-budget',
  risk: 'rollout',
  looksFor: 'a PodDisruptionBudget that was added, removed or changed',
  why: 'without a budget, a node drain can evict all pods at once. A budget that is too strict blocks every drain.',
  assess: ({ action, item: { kind } }) => {
    if (kind !== 'PodDisruptionBudget') return [];
    if (action === 'added') return ['a node drain can evict fewer of its pods at once'];
    return [
      action === 'removed'
        ? 'a node drain can evict all of its pods at once'
        : 'the number of its pods that a node drain can evict at once changes',
    ];
  },
};
