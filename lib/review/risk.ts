/** The risk levels of a change, from the lowest to the highest. */

/**
 * - `harmless`: no running pod and no decision notices.
 * - `rollout`: pods start anew, or run otherwise.
 * - `access`: who may reach whom changes.
 * - `trust`: who is who, or who believes whom, changes.
 * - `destructive`: an apply fails, or loses what an apply of the old state does not bring back.
 */
export const RISKS = ['harmless', 'rollout', 'access', 'trust', 'destructive'] as const;

export type Risk = (typeof RISKS)[number];

export const WORST_FIRST: readonly Risk[] = [...RISKS].reverse();

/** What each risk asks of a reviewer, after its name. */
export const RISK_MEANING: Readonly<Record<Risk, string>> = {
  harmless: 'no running pod and no decision notices',
  rollout: 'pods start anew, or run otherwise',
  access: 'who may reach whom changes',
  trust: 'who is who, or who believes whom, changes',
  destructive: 'an apply fails, or loses what going back does not restore',
};

export function isAtLeast(risk: Risk, threshold: Risk): boolean {
  return RISKS.indexOf(risk) >= RISKS.indexOf(threshold);
}

/** The highest of the given risks; harmless if there are none. */
export function highest(risks: readonly Risk[]): Risk {
  return risks.reduce<Risk>((worst, risk) => (isAtLeast(risk, worst) ? risk : worst), 'harmless');
}
