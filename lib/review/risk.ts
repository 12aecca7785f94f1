/** The risk levels of a change, from the lowest to the highest. */

/**
 * - `harmless`: no effect on running pods or on access.
 * - `rollout`: pods restart or change their behaviour.
 * - `access`: the allowed calls change.
 * - `trust`: identities or trusted domains change.
 * - `destructive`: the apply fails, or deletes things that an apply of the old state does not restore.
 */
export const RISKS = ['harmless', 'rollout', 'access', 'trust', 'destructive'] as const;

export type Risk = (typeof RISKS)[number];

export const WORST_FIRST: readonly Risk[] = [...RISKS].reverse();

/** The meaning of each risk. */
export const RISK_MEANING: Readonly<Record<Risk, string>> = {
  harmless: 'no effect on running pods or on access',
  rollout: 'pods restart or change their behaviour',
  access: 'the allowed calls change',
  trust: 'identities or trusted domains change',
  destructive: 'the apply fails, or deletes things that a rollback does not restore',
};

export function isAtLeast(risk: Risk, threshold: Risk): boolean {
  return RISKS.indexOf(risk) >= RISKS.indexOf(threshold);
}

/** The highest of the given risks; harmless if there are none. */
export function highest(risks: readonly Risk[]): Risk {
  return risks.reduce<Risk>((worst, risk) => (isAtLeast(risk, worst) ? risk : worst), 'harmless');
}
