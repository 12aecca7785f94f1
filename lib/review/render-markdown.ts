/** Renders a review as Markdown for a comment on a pull request, within the length limit of a comment. */
import { codeSpan, markdownText } from '../text/markdown';
import { whyUnknown } from './blast-radius';
import { consequences, NO_CONSEQUENCE, NOT_WRITTEN, OTHER_EFFECTS } from './consequences';
import {
  type ChangeGroup,
  type ClusterGroup,
  clusterTitle,
  groupClusters,
  groupFiles,
  groupText,
} from './group-changes';
import { renderField } from './render-field';
import { headline, MARKS } from './render-text';
import type { Review } from './review';
import { RISK_MEANING, type Risk, WORST_FIRST } from './risk';
import { shortenList } from './shorten-list';

/** Maximum length of a comment on GitHub, in characters. @see https://github.com/orgs/community/discussions/41331 */
export const MAX_COMMENT = 65_536;

/** The first line of the comment. A later run for the same part finds the comment by it and replaces it. */
function commentMark({ part }: Review): string {
  return `<!-- cdk8s-spire diff${part === '' ? '' : ` ${part.replace(/[^\w ,./]/g, '-')}`} -->`;
}

/** Limits of what the comment shows. */
interface Detail {
  /** Maximum number of names of one consequence. */
  readonly names: number;
  /** Maximum number of rows of one cluster. */
  readonly changes: number;
  /** Maximum number of fields of one change. */
  readonly fields: number;
  /** Whether the changes of each cluster are shown. */
  readonly clusters: boolean;
}

/** From the most to the least detail. The first that fits into a comment is used. */
const DETAILS: readonly Detail[] = [
  { names: 1000, changes: 1000, fields: 30, clusters: true },
  { names: 200, changes: 200, fields: 5, clusters: true },
  { names: 50, changes: 50, fields: 0, clusters: true },
  { names: 20, changes: 5, fields: 0, clusters: true },
  { names: 10, changes: 0, fields: 0, clusters: false },
];

/** The comment, at most `MAX_COMMENT` characters. It says when it was shortened. */
export function renderMarkdown(review: Review): string {
  let least = '';
  for (const [index, detail] of DETAILS.entries()) {
    least = textOf(review, detail);
    const whole = [least, ...(index === 0 ? [] : [SHORTENED])].join('\n');
    if (whole.length <= MAX_COMMENT) return whole;
  }
  // Even the least detail is too long, with hundreds of long names. Cut between two lines.
  const end = least.lastIndexOf('\n', MAX_COMMENT - SHORTENED.length - 1);
  return `${least.slice(0, end)}\n${SHORTENED}`;
}

const SHORTENED = '\n*Shortened to fit a comment; run diff in a terminal to see everything.*\n';

function textOf(review: Review, detail: Detail): string {
  return [
    commentMark(review),
    `### ${review.clusters.length === 0 ? 'No object differs' : `Highest risk: ${review.risk}`}`,
    '',
    markdownText(headline(review)),
    '',
    ...riskTable(review),
    ...blastLines(review, detail),
    ...(detail.clusters ? groupClusters(review.clusters).flatMap((cluster) => clusterLines(cluster, detail)) : []),
  ].join('\n');
}

/** The number of changes for each risk. A change is counted under its highest risk. */
function riskTable({ clusters }: Review): readonly string[] {
  const all = clusters.flatMap(({ changes }) => changes);
  const count = (risk: Risk): number => all.filter((change) => change.risk === risk).length;
  const rows = WORST_FIRST.filter((risk) => count(risk) > 0).map((risk) => {
    const where = clusters
      .filter(({ changes }) => changes.some((change) => change.risk === risk))
      .map(({ name }) => name || 'fleet');
    return `| ${risk} | ${count(risk)} | ${markdownText(shortenList(where, 10).join(', '))} | ${RISK_MEANING[risk]} |`;
  });
  return rows.length === 0 ? [] : ['| risk | changes | where | meaning |', '|---|---:|---|---|', ...rows, ''];
}

function blastLines({ blastRadius, clusters }: Review, detail: Detail): readonly string[] {
  if (!blastRadius.known)
    return ['#### Blast radius', '', `The blast radius is ${markdownText(whyUnknown(blastRadius))}.`, ''];
  const found = consequences(blastRadius);
  if (found.length === 0) {
    const beside = detail.clusters ? `; ${OTHER_EFFECTS}` : '';
    return clusters.length === 0 ? [] : ['#### Blast radius', '', `${capitalized(NO_CONSEQUENCE)}${beside}.`, ''];
  }
  return [
    '#### Blast radius',
    '',
    ...(clusters.length > 0 ? [] : [`${capitalized(NOT_WRITTEN)}.`, '']),
    ...found.flatMap((consequence) => [
      `- **${consequence.names.length}** ${consequence.says}`,
      ...shortenList(consequence.names, detail.names).map((name) => `  - ${codeSpan(name)}`),
    ]),
    '',
  ];
}

function capitalized(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function clusterLines(cluster: ClusterGroup, detail: Detail): readonly string[] {
  const { groups } = cluster;
  const shown = groups.slice(0, detail.changes);
  const fields = shown.flatMap((group) => fieldLines(group, detail.fields));
  const rest = groups.length - shown.length;
  return [
    `#### ${markdownText(clusterTitle(cluster))}`,
    '',
    '| risk | | object | why |',
    '|---|---|---|---|',
    ...shown.map(row),
    ...(rest > 0 ? [`| | | … and ${rest} more | |`] : []),
    '',
    ...(fields.length === 0 ? [] : ['<details><summary>Fields</summary>', '', ...fields, '', '</details>', '']),
  ];
}

function row(group: ChangeGroup): string {
  const [{ risk, action, reasons }] = group;
  const why = reasons.map(
    (reason) => `${reason.risk === risk ? '' : `*${reason.risk}:* `}${markdownText(reason.says)}`,
  );
  const shown = risk === 'destructive' ? `**${risk}**` : risk;
  return `| ${shown} | ${MARKS[action]} | ${codeSpan(groupText(group))} | ${why.join('<br>')} |`;
}

function fieldLines(group: ChangeGroup, most: number): readonly string[] {
  const [{ item, fields }] = group;
  if (fields.length === 0 || most === 0) return [];
  return [
    `- ${codeSpan(groupText(group))} in ${groupFiles(group).map(codeSpan).join(', ')}`,
    ...shortenList(
      fields.map((field) => renderField(item, field)),
      most,
    ).map((field) => `  - ${codeSpan(field)}`),
  ];
}
