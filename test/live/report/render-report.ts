/** Writes a report for people, in Markdown. */
import type { LiveReport, ProofResult } from './report';

export function renderReport(report: LiveReport): string {
  const { commit, date, only, proofs, phases, peakMemory, versions, images, deviations } = report;
  const seconds = phases.reduce((sum, phase) => sum + phase.seconds, 0);
  return [
    '# Live proof',
    '',
    `${summaryOf(proofs)}${only === '' ? '' : `, of the proofs whose name is like "${only}"`}.`,
    `Commit ${commit}, ${date}; ${seconds.toFixed(0)} s in all; the clusters took at most ${peakMemory} MB of memory.`,
    '',
    '| proof | result | s | observed |',
    '|---|---|---|---|',
    ...proofs.map(
      ({ name, status, seconds: took, detail }) =>
        `| ${cell(name)} | ${status === 'passed' ? status : status.toUpperCase()} | ${took.toFixed(1)} | ${cell(detail)} |`,
    ),
    '',
    '## Times',
    '',
    ...list(phases.map((phase) => `${phase.name}: ${phase.seconds.toFixed(1)} s`)),
    '',
    '## Not as on a cluster of the real world',
    '',
    ...list(deviations.map(({ what, why }) => `${what}: ${why}`)),
    '',
    '## Stand-ins',
    '',
    ...list(images.flatMap(({ name, standIn }) => (standIn === undefined ? [] : [`${name}: ${standIn}`]))),
    '',
    '## Other versions than dist/ asks for',
    '',
    ...list(images.flatMap(({ name, runs, asAsked }) => (asAsked === false ? [`${name}: ${runs}`] : []))),
    '',
    '## Programs',
    '',
    ...list(Object.entries(versions).map(([name, version]) => `${name} ${version}`)),
    '',
    '## Images',
    '',
    ...list(images.map(({ name, runs }) => `${name}: ${runs}`)),
    '',
  ].join('\n');
}

/** `3 passed, 1 failed`, and how many did not run where there are such. */
export function summaryOf(proofs: readonly ProofResult[]): string {
  const count = (status: ProofResult['status']): number => proofs.filter((proof) => proof.status === status).length;
  const notRun = count('not run');
  return `${count('passed')} passed, ${count('failed')} failed${notRun === 0 ? '' : `, ${notRun} not run`}`;
}

function list(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? ['- none'] : lines.map((line) => `- ${line}`);
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', '<br>');
}
