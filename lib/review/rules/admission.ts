/** Finds added, removed or changed webhooks and admission policies, which decide what the API server accepts. */
import { isSubstantial, type RiskRule } from './risk-rule';

const KINDS: readonly string[] = [
  'MutatingWebhookConfiguration',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
];

const SAYS = {
  added: 'the API server enforces it for new and changed objects',
  removed: 'the API server no longer enforces it',
  changed: 'the API server can accept or refuse other objects',
} as const;

export const admission: RiskRule = {
  name: 'admission',
  risk: 'access',
  looksFor: 'a webhook or an admission policy that was added, removed or changed',
  why: 'it decides what the API server accepts. A change can admit pods without the proxy that protects them, or stop every pod from starting.',
  assess: (change) => (KINDS.includes(change.item.kind) && isSubstantial(change) ? [SAYS[change.action]] : []),
};
