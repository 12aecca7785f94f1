/** Finds changes of the metrics that a Prometheus collects. */
import { isSubstantial, type RiskRule } from './risk-rule';

const SAYS = {
  added: 'a Prometheus that selects it collects more metrics',
  removed: 'a Prometheus loses the targets that it selected; alerts on their metrics do not fire any more',
  changed: 'which metrics a Prometheus collects, or how often, changes',
} as const;

export const metrics: RiskRule = {
  name: 'metrics',
  risk: 'harmless',
  looksFor: 'a PodMonitor that was added, removed or changed',
  why: 'it has no effect on pods, but metrics that are missing keep alerts from firing.',
  assess: (change) => (change.item.kind === 'PodMonitor' && isSubstantial(change) ? [SAYS[change.action]] : []),
};
