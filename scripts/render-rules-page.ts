/** Makes docs/rules.md of what every rule tells of itself and of the words it uses. */

import { OUTPUT_RULES } from '../lib/checks/catalog';
import { RULES } from '../lib/model/rules/catalog';
import type { AnyRule } from '../lib/model/rules/rule';
import { messageOf } from '../lib/problems/messages';
import { problem } from '../lib/problems/problem';
import { RISK_RULES } from '../lib/review/rules/catalog';
import { codeSpan, markdownCell, markdownText } from '../lib/text/markdown';

const INTRODUCTION = `# Rules

What a fleet is held against before anything is written. An **error** stops the synthesis, a **warning** is printed.
A rule that can be waived is lowered for one place of the fleet by an entry under \`waivers\`, with a reason that
\`dist/README.md\` shows: an error becomes a warning, a warning becomes that line.

\`\`\`yaml
waivers:
  - rule: kubelet-unverified
    at: clusters.store-south
    because: its kubelets serve self-signed certificates until the nodes are replaced in spring
\`\`\`

This page is made of the rules themselves: \`npm run docs\`.
`;

const OF_THE_OUTPUT = `## Of what is written

Held against the objects before they reach the disk. What they report is never a fault of the fleet; it would be ours.
`;

const OF_A_CHANGE = `## Of a change

By which \`npx cdk8s-spire diff\` judges what differs between two outputs. The highest risk of a change wins, and every reason is
shown; what no rule knows is \`rollout\`. See [reviewing.md](reviewing.md).
`;

/** The page, in Markdown. */
export function renderRulesPage(): string {
  return [
    INTRODUCTION,
    '| rule | | it reports … | because | source |',
    '|---|---|---|---|---|',
    ...RULES.map(ruleRow),
    '',
    '## In their words',
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
