/** Finds pods whose allowed network peers change. */
import { isSubstantial, type RiskRule } from './risk-rule';

const SAYS = {
  added: 'allows its connections; if it is the first policy for its pods, all other connections are blocked',
  removed: 'no longer allows its connections; if it was the last policy for its pods, all connections are allowed',
  changed: 'the allowed connections of its pods change',
} as const;

export const networkPolicy: RiskRule = {
  name: 'network-policy',
  risk: 'access',
  looksFor: 'a NetworkPolicy that was added, removed or changed',
  why: 'a connection that no policy allows times out, and nothing logs it.',
  assess: (change) => (change.item.kind === 'NetworkPolicy' && isSubstantial(change) ? [SAYS[change.action]] : []),
};
