/** Applies the risk rules to each change. The highest risk wins, and all reasons are kept. */
import type { Change } from './change';
import { leafFieldsOf } from './leaf-fields';
import type { ReviewedTrees } from './reviewed-trees';
import { highest, RISKS, type Risk } from './risk';
import { RISK_RULES } from './rules/catalog';

export interface Reason {
  /** Name of the rule. */
  readonly rule: string;
  readonly risk: Risk;
  readonly says: string;
}

export interface AssessedChange extends Change {
  readonly risk: Risk;
  /** Highest risk first, never empty. */
  readonly reasons: readonly Reason[];
}

/** The reason for a change that no rule covers. It must not count as harmless. */
const UNKNOWN: Reason = { rule: 'unknown', risk: 'rollout', says: 'no rule covers this change; review it' };

export function assessRisk(change: Change, trees: ReviewedTrees): AssessedChange {
  const withLeaves = { ...change, leaves: change.fields.flatMap(leafFieldsOf) };
  const found = RISK_RULES.flatMap(({ name, risk, assess }) =>
    assess(withLeaves, trees).map((says) => ({ rule: name, risk, says })),
  );
  const worstFirst = [...found].sort((one, other) => RISKS.indexOf(other.risk) - RISKS.indexOf(one.risk));
  const reasons = worstFirst.length > 0 ? worstFirst : [UNKNOWN];
  return { ...change, risk: highest(reasons.map(({ risk }) => risk)), reasons };
}
