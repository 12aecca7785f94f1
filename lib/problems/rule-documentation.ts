/** The documentation of a rule, from which docs/rules.md is made. */
import type { ProblemCode, ProblemFacts, Severity } from './problem';

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
