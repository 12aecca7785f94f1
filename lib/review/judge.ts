/** Holds the rules of risk against each change: the highest risk wins, and all reasons are kept. */
import type { Change } from './change';
import { leavesOf } from './leaves';
import type { ReviewedTrees } from './reviewed-trees';
import { highest, RISKS, type Risk } from './risk';
import { RISK_RULES } from './rules/catalog';

export interface Reason {
  /** Name of the rule. */
  readonly rule: string;
  readonly risk: Risk;
  readonly says: string;
}

export interface JudgedChange extends Change {
  readonly risk: Risk;
  /** The worst first, never empty. */
  readonly reasons: readonly Reason[];
}

/** What no rule knows is not called harmless. */
const UNKNOWN: Reason = { rule: 'unknown', risk: 'rollout', says: 'no rule knows what this does; read it' };

export function judge(change: Change, trees: ReviewedTrees): JudgedChange {
  const leafed = { ...change, leaves: change.fields.flatMap(leavesOf) };
  const found = RISK_RULES.flatMap(({ name, risk, judge: reasonsOf }) =>
    reasonsOf(leafed, trees).map((says) => ({ rule: name, risk, says })),
  );
  const worstFirst = [...found].sort((one, other) => RISKS.indexOf(other.risk) - RISKS.indexOf(one.risk));
  const reasons = worstFirst.length > 0 ? worstFirst : [UNKNOWN];
  return { ...change, risk: highest(reasons.map(({ risk }) => risk)), reasons };
}
