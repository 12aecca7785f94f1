/** The types of a rule: its documentation, and what it checks. */
import type {
  FleetPath,
  Place,
  Problem,
  ProblemCode,
  ProblemFacts,
  ProblemOf,
  Report,
  Severity,
} from '../../problems/problem';
import { problem } from '../../problems/problem';
import type { RuleDocumentation } from '../../problems/rule-documentation';
import type { FleetDraft } from '../fleet-draft';

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
  /** Checks the draft of a whole fleet. @default - the rule looks at one part, and the step that resolves this part calls it */
  readonly run?: (draft: FleetDraft, report: Report) => void;
}

/** A rule that looks at the draft of a whole fleet, with its code type erased. */
export type FleetRule = AnyRule & Required<Pick<AnyRule, 'run'>>;

export function defineRule<Code extends ProblemCode>({ check, ...documentation }: Rule<Code>): FleetRule {
  const { code, severity: usual } = documentation;
  return {
    ...erased(documentation),
    run: (draft, report) =>
      check(draft, (path, facts, { atKey = false, severity = usual } = {}) =>
        report({ ...problem(atKey ? { path, on: 'key' } : { path }, code, facts), severity } as Problem),
      ),
  };
}

/** A fault of one part of a fleet. */
export interface Finding<Code extends ProblemCode> {
  readonly place: Place;
  readonly facts: ProblemFacts[Code];
}

/** A rule that looks at one part of a fleet while it is resolved, since other steps depend on the verdict. */
export interface PartRule<Code extends ProblemCode, Part> extends AnyRule {
  /** The fault of the part. Undefined if it has none. */
  readonly problemOf: (part: Part) => ProblemOf<Code> | undefined;
}

export function definePartRule<Code extends ProblemCode, Part>({
  check,
  ...documentation
}: RuleDocumentation<Code> & { readonly check: (part: Part) => Finding<Code> | undefined }): PartRule<Code, Part> {
  const { code, severity } = documentation;
  return {
    ...erased(documentation),
    problemOf: (part) => {
      const found = check(part);
      return found && { code, severity, ...found };
    },
  };
}

/** A rule that has no check of its own: its problem is found while a file is read. */
export function documentRule<Code extends ProblemCode>(documentation: RuleDocumentation<Code>): AnyRule {
  return erased(documentation);
}

/** The compiler cannot infer that the documentation of one code is a member of the documentation of all. */
function erased<Code extends ProblemCode>(documentation: RuleDocumentation<Code>): RuleDocumentation {
  return documentation as unknown as RuleDocumentation;
}
