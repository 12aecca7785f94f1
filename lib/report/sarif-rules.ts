/** The description of each problem code for SARIF viewers: what it reports, and why that matters. */
import { RULES } from '../model/rules/catalog';
import type { ProblemCode } from '../problems/problem';

/** A `reportingDescriptor`, SARIF 2.1.0 section 3.49. */
export interface SarifRule {
  readonly id: ProblemCode;
  readonly shortDescription: SarifText;
  readonly fullDescription?: SarifText;
  readonly help: SarifText;
  readonly defaultConfiguration: { readonly level: 'error' | 'warning' };
}

/** A `multiformatMessageString`, section 3.12. */
interface SarifText {
  readonly text: string;
  readonly markdown?: string;
}

/** Help texts of codes about the output folder, which are not rules of a fleet. */
const OUTPUT_HELP: Partial<Record<ProblemCode, string>> = {
  'stale-output': 'What is applied is the output folder; a fleet that says something else is not what runs.',
  'edited-output': 'The next synthesis overwrites what was edited by hand, and the change is gone without a word.',
  'missing-output': 'A file that is not committed is not applied.',
  'extra-output': 'An object that the fleet no longer has is still applied.',
};

/** A rule for each code. */
export function sarifRules(codes: readonly ProblemCode[]): readonly SarifRule[] {
  return codes.map((code) => {
    const rule = RULES.find((candidate) => candidate.code === code);
    const title = code.replaceAll('-', ' ');
    if (rule === undefined) {
      const help = OUTPUT_HELP[code] ?? 'The fleet cannot be read as it was meant.';
      return { ...described(code, title, help), defaultConfiguration: { level: 'error' } };
    }
    const { looksFor, why, source, waivable } = rule;
    const waiver = waivable === true ? '\n\nIt can be waived for one place, with a reason.' : '';
    return {
      ...described(code, title, `${why}\n\nKnown from: ${source}.${waiver}`),
      fullDescription: { text: `Reports ${looksFor}.` },
      defaultConfiguration: { level: rule.severity },
    };
  });
}

function described(id: ProblemCode, title: string, help: string): Pick<SarifRule, 'id' | 'shortDescription' | 'help'> {
  return { id, shortDescription: { text: title }, help: { text: help, markdown: help.replaceAll('<', '\\<') } };
}
