/** Finds added, removed and changed autoscalers, which set the number of pods. */
import { type RiskRule, valueAt } from './risk-rule';

export const autoscaler: RiskRule = {
  name: 'autoscaler',
  risk: 'rollout',
  looksFor:
    'a HorizontalPodAutoscaler that was added, removed or changed, or replicas that left a manifest because of one',
  why: 'if replicas leaves a manifest, the apply sets it to 1, its default. The autoscaler raises it to its minimum within a minute.',
  assess: ({ action, item: { kind }, before, after }) => {
    if (kind === 'HorizontalPodAutoscaler') {
      if (action === 'added') return ['it now sets the number of pods'];
      return [action === 'removed' ? 'the number of pods is no longer adjusted' : 'the number of pods can change'];
    }
    const replicas = valueAt(before, 'spec', 'replicas');
    const leaves =
      action === 'changed' && typeof replicas === 'number' && valueAt(after, 'spec', 'replicas') === undefined;
    return leaves && replicas > 1 ? ['after the apply, only one pod runs until the autoscaler starts the others'] : [];
  },
};
