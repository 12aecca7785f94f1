/** Documents the rule against pods that would fall under two identities. */
import { documentRule } from './rule';

export const podsShared = documentRule({
  code: 'pods-shared',
  severity: 'error',
  looksFor: 'labels of one workload that also select pods of another',
  why: 'a pod that two rules select holds two SVIDs, and its proxy presents either; two rules of one template mask each other.',
  source: 'spire-controller-manager pkg/spireentry/reconciler.go',
  example: { other: 'shop', first: ['workloads', 'shop'] },
});
