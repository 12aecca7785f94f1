/** Writes a report for people, in Markdown. */
import type { MadeImage } from '../images/make-images';
import type { LiveReport } from './report';

export function renderReport(report: LiveReport): string {
  const { versions, images, forcedSettings, phases, proofs, peakMemory } = report;
  const passed = proofs.filter((proof) => proof.passed).length;
  const total = phases.reduce((sum, { seconds }) => sum + seconds, 0);
  return [
    '# Live proof',
    '',
    `${passed} passed, ${proofs.length - passed} failed; ${total.toFixed(0)} s in all` +
      `${peakMemory === undefined ? '' : `, at most ${peakMemory} MB of memory`}.`,
    '',
    '| proof | result | s | observed |',
    '|---|---|---|---|',
    ...proofs.map(
      ({ name, passed: held, seconds, observed, failure }) =>
        `| ${name} | ${held ? 'passed' : 'FAILED'} | ${seconds.toFixed(1)} | ${cell(observed ?? failure ?? '')} |`,
    ),
    '',
    '## Times',
    '',
    ...phases.map(({ name, seconds }) => `- ${name}: ${seconds.toFixed(1)} s`),
    '',
    '## Programs',
    '',
    ...Object.entries(versions).map(([name, version]) => `- ${name} ${version}`),
    '',
    '## Stand-ins',
    '',
    ...list(images.filter(({ standIn }) => standIn !== undefined).map((image) => `${image.name}: ${image.standIn}`)),
    '',
    '## Other versions than dist/ asks for',
    '',
    ...list(images.filter(({ asAsked }) => asAsked === false).map((image) => `${image.name}: ${image.runs}`)),
    '',
    '## Settings of Istio that upstream Envoy forces',
    '',
    ...list(Object.entries(forcedSettings).map(([key, value]) => `\`${key}=${value}\``)),
    '',
    '## Images',
    '',
    ...images.map((image: MadeImage) => `- ${image.name}: ${image.runs}`),
    '',
  ].join('\n');
}

function list(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? ['- none'] : lines.map((line) => `- ${line}`);
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', '<br>');
}
