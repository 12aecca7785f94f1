/** Finds pods whose allowed network peers change. */
import { isSubstantial, type RiskRule } from './risk-rule';

const SAYS = {
  added: 'lets through what it names; where it is the first for its pods, it closes them to all else',
  removed: 'what it let through no longer is; where it was the last for its pods, everything is',
  changed: 'what the network lets through to or from its pods changes',
} as const;

export const networkPolicy: RiskRule = {
  name: 'network-policy',
  risk: 'access',
  looksFor: 'a NetworkPolicy that was added, removed or changed',
  why: 'a connection that no policy allows hangs until it times out, and nothing logs it.',
  assess: (change) => (change.item.kind === 'NetworkPolicy' && isSubstantial(change) ? [SAYS[change.action]] : []),
};
