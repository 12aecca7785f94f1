/** Renders docs/rules.md from the documentation of every rule and its example message. */

import { OUTPUT_RULES } from '../lib/checks/catalog';
import { RULES } from '../lib/model/rules/catalog';
import type { AnyRule } from '../lib/model/rules/rule';
import { messageOf } from '../lib/problems/messages';
import { problem } from '../lib/problems/problem';
import { RISK_RULES } from '../lib/review/rules/catalog';
import { codeSpan, markdownCell, markdownText } from '../lib/text/markdown';

const INTRODUCTION = `# Rules

Synth checks a fleet by these rules before it writes anything. An **error** stops the synthesis, a **warning** is printed.
An entry under \`waivers\` lowers a rule that can be waived, for one place of the fleet: an error becomes a warning, and a
warning is no longer printed. \`dist/README.md\` lists the waivers with their reasons.

\`\`\`yaml
waivers:
  - rule: kubelet-unverified
    at: clusters.store-south
    because: its kubelets serve self-signed certificates until the nodes are replaced in spring
\`\`\`

\`npm run docs\` makes this page from the rules.
`;

const OF_THE_OUTPUT = `## Checks of the output

Synth runs these checks on the objects before it writes them. What they find is a fault of cdk8s-spire, not of the fleet.
`;

const OF_A_CHANGE = `## Risks of a change

\`npx cdk8s-spire diff\` judges each difference between two outputs by these rules. A change has the highest risk of all rules
that apply, and \`rollout\` if none applies. Each reason is shown. See [reviewing.md](reviewing.md).
`;

/** The page, in Markdown. */
export function renderRulesPage(): string {
  return [
    INTRODUCTION,
    '| rule | | it reports … | because | source |',
    '|---|---|---|---|---|',
    ...RULES.map(ruleRow),
    '',
    '## Examples of messages',
    '',
    ...RULES.flatMap(exampleLines),
    '',
    OF_THE_OUTPUT,
    '| check | it reports … | because | source |',
    '|---|---|---|---|',
    ...OUTPUT_RULES.map(({ name, looksFor, why, source }) => row(name, [looksFor, why, source])),
    '',
    OF_A_CHANGE,
    '| rule | risk | it looks for … | because |',
    '|---|---|---|---|',
    ...RISK_RULES.map(({ name, risk, looksFor, why }) => row(name, [risk, looksFor, why])),
    '',
  ].join('\n');
}

function ruleRow({ code, severity, waivable, looksFor, why, source }: AnyRule): string {
  return row(code, [waivable === true ? `${severity}, can be waived` : severity, looksFor, why, source]);
}

function exampleLines({ code, example }: AnyRule): readonly string[] {
  const { sentence, hint } = messageOf(
    problem({ path: [] }, code, example),
    () => '12:5',
    (words) => `npx cdk8s-spire ${words}`,
  );
  return [`- \`${code}\`: ${markdownText(sentence)}`, `  - hint: ${markdownText(hint)}`];
}

function row(code: string, cells: readonly string[]): string {
  return `| ${[codeSpan(code), ...cells.map(markdownCell)].join(' | ')} |`;
}
