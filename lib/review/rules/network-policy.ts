/** Finds pods whose allowed network peers change. */
import { isSubstantial, type RiskRule } from './risk-rule';

const SAYS = {
  added: 'allows the connections that it names; if it is the first for its pods, all others are blocked',
  removed: 'no longer allows the connections that it named; if it was the last for its pods, all are allowed',
  changed: 'what the network lets through to or from its pods changes',
} as const;

export const networkPolicy: RiskRule = {
  name: 'network-policy',
  risk: 'access',
  looksFor: 'a NetworkPolicy that was added, removed or changed',
  why: 'a connection that no policy allows hangs until it times out, and nothing logs it.',
  assess: (change) => (change.item.kind === 'NetworkPolicy' && isSubstantial(change) ? [SAYS[change.action]] : []),
};
