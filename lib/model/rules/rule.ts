/** The types of a rule: a check of a fleet with its documentation. */
import type { FleetPath, Problem, ProblemCode, ProblemFacts, Report, Severity } from '../../problems/problem';
import { problem } from '../../problems/problem';
import type { FleetDraft } from '../fleet-draft';

/** The documentation of a rule, from which docs/rules.md is made. */
export interface RuleDocumentation<Code extends ProblemCode = ProblemCode> {
  /** Code of the problems it reports; a rule has one. */
  readonly code: Code;
  /** `error` stops the synthesis; `warning` is printed. */
  readonly severity: Severity;
  /** What it looks for, as the rest of "it reports …". */
  readonly looksFor: string;
  /** The consequence of ignoring it. */
  readonly why: string;
  /** The source: a specification, a source file, an issue. */
  readonly source: string;
  /** Facts of a typical finding, for the message in the table. */
  readonly example: ProblemFacts[Code];
  /** Whether a waiver can lower its severity at a place. @default - it cannot, because the output would not run */
  readonly waivable?: boolean;
}

/** A rule that looks at the draft of a whole fleet. */
export interface Rule<Code extends ProblemCode = ProblemCode> extends RuleDocumentation<Code> {
  readonly check: (draft: FleetDraft, find: Find<Code>) => void;
}

/** Reports a finding at the value that a path leads to. */
export type Find<Code extends ProblemCode> = (
  path: FleetPath,
  facts: ProblemFacts[Code],
  options?: FindOptions,
) => void;

export interface FindOptions {
  /** Whether the finding is about the key that ends the path. @default - about its value */
  readonly atKey?: boolean;
  /** @default - the rule's own */
  readonly severity?: Severity;
}

/** A rule with its code type erased, so that all rules fit into one list. */
export interface AnyRule extends RuleDocumentation {
  readonly run: (draft: FleetDraft, report: Report) => void;
}

export function defineRule<Code extends ProblemCode>(rule: Rule<Code>): AnyRule {
  const { check, ...documentation } = rule;
  return {
    ...(documentation as unknown as RuleDocumentation),
    run: (draft, report) =>
      check(draft, (path, facts, { atKey = false, severity = rule.severity } = {}) =>
        report({ ...problem(atKey ? { path, on: 'key' } : { path }, rule.code, facts), severity } as Problem),
      ),
  };
}

/** A rule that is checked while a fleet is read and resolved, since these steps depend on it. */
export function documentRule<Code extends ProblemCode>(documentation: RuleDocumentation<Code>): AnyRule {
  return { ...(documentation as unknown as RuleDocumentation), run: () => undefined };
}
