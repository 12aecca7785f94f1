/** Renders a review as text for a terminal. */
import { replaceControlCharacters } from '../problems/control-characters';
import { whyUnknown } from './blast-radius';
import { consequences, NO_CONSEQUENCE, NOT_WRITTEN, OTHER_EFFECTS } from './consequences';
import { type ChangeGroup, clusterTitle, groupClusters, groupFiles, groupText } from './group-changes';
import { PAGE } from './read-items';
import { renderField } from './render-field';
import type { Review } from './review';
import { RISKS } from './risk';
import { shortenList } from './shorten-list';

/** Maximum number of names of one consequence. JSON has all of them. */
const MAX_NAMES = 30;
const MAX_FIELDS = 12;

const WIDTH = Math.max(...RISKS.map((risk) => risk.length));
export const MARKS = { added: '+', removed: '-', changed: '~' } as const;

/** The lines of the text. Only one line if nothing changed. */
export function renderText(review: Review): readonly string[] {
  const { clusters } = review;
  return [
    headline(review),
    ...blastLines(review),
    ...groupClusters(clusters).flatMap((cluster) => ['', clusterTitle(cluster), ...cluster.groups.flatMap(lines)]),
  ].map((line) => replaceControlCharacters(line));
}

/** `HEAD:dist -> dist: 1 added, 2 removed, 3 changed; highest risk: trust`. */
export function headline({ base, target, part, counts, risk, clusters }: Review): string {
  const compared = `${base} -> ${target}${part === '' ? '' : ` (${part})`}`;
  return clusters.length === 0
    ? `${compared}: no object differs`
    : `${compared}: ${counts.added} added, ${counts.removed} removed, ${counts.changed} changed; highest risk: ${risk}`;
}

function blastLines(review: Review): readonly string[] {
  const { blastRadius, clusters } = review;
  if (!blastRadius.known) return ['', `blast radius: ${whyUnknown(blastRadius)}`];
  const found = consequences(blastRadius);
  if (found.length === 0) return clusters.length === 0 ? [] : ['', `blast radius: ${NO_CONSEQUENCE}; ${OTHER_EFFECTS}`];
  return [
    '',
    clusters.length > 0 ? 'blast radius' : `blast radius: ${NOT_WRITTEN}`,
    ...found.flatMap(({ says, names }) => [
      `  ${names.length} ${says}`,
      ...shortenList(names, MAX_NAMES).map((name) => `    ${name}`),
    ]),
  ];
}

function lines(group: ChangeGroup): readonly string[] {
  const [{ action, item, risk, reasons, fields }] = group;
  const indent = ' '.repeat(WIDTH + 6);
  const where = item.kind === PAGE ? '' : `  (${groupFiles(group).join(', ')})`;
  return [
    `  ${risk.padEnd(WIDTH)}  ${MARKS[action]} ${groupText(group)}${where}`,
    ...reasons.map((reason) => `${indent}${reason.risk === risk ? '' : `${reason.risk}: `}${reason.says}`),
    ...shortenList(
      fields.map((field) => renderField(item, field)),
      MAX_FIELDS,
    ).map((field) => `${indent}  ${field}`),
  ];
}
