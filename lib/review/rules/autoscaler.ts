/** Finds changes of who decides how many pods run. */
import { type RiskRule, valueAt } from './risk-rule';

export const autoscaler: RiskRule = {
  name: 'autoscaler',
  risk: 'rollout',
  looksFor:
    'a HorizontalPodAutoscaler that was added, removed or changed, or replicas that left a manifest because of one',
  why: 'if replicas leaves a manifest, the apply sets it to 1, its default. The autoscaler raises it to its minimum within a minute.',
  assess: ({ action, item: { kind }, before, after }) => {
    if (kind === 'HorizontalPodAutoscaler') {
      if (action === 'added') return ['it sets the number of pods from now on'];
      return [action === 'removed' ? 'nothing changes the number of pods any more' : 'how many pods it starts changes'];
    }
    const replicas = valueAt(before, 'spec', 'replicas');
    const leaves =
      action === 'changed' && typeof replicas === 'number' && valueAt(after, 'spec', 'replicas') === undefined;
    return leaves && replicas > 1
      ? ['the apply leaves one pod running, until the autoscaler has started the others again']
      : [];
  },
};
