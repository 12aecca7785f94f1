import { renderReport, summaryOf } from './render-report';
import type { LiveReport, ProofResult } from './report';

const proofs: readonly ProofResult[] = [
  { name: 'holds', status: 'passed', seconds: 1.25, detail: 'a | b' },
  { name: 'breaks', status: 'failed', seconds: 2, detail: 'first\nsecond' },
  { name: 'waits', status: 'not run', seconds: 0, detail: '' },
];

const report: LiveReport = {
  commit: '1234567+',
  date: '2026-12-01T00:00:00.000Z',
  only: '',
  proofs,
  phases: [
    { name: 'programs', seconds: 10 },
    { name: 'proofs', seconds: 3.25 },
  ],
  peakMemory: 2048,
  versions: { etcd: 'v3.6.16' },
  images: [
    { name: 'a:1', archive: 'a.tar', runs: 'a 1', asAsked: true },
    { name: 'b:2', archive: 'b.tar', runs: 'b 1', asAsked: false },
    { name: 'c:3', archive: 'c.tar', runs: 'our own', standIn: 'c cannot be built' },
  ],
  deviations: [{ what: 'one node', why: 'two cores' }],
};

test('counts what passed, what failed and what did not run', () => {
  expect(summaryOf(proofs)).toBe('1 passed, 1 failed, 1 not run');
  expect(summaryOf(proofs.slice(0, 2))).toBe('1 passed, 1 failed');
});

test('writes each proof into one row, whatever its text contains', () => {
  const rows = renderReport(report)
    .split('\n')
    .filter((line) => /^\| (holds|breaks|waits) /.test(line));
  expect(rows).toEqual([
    '| holds | passed | 1.3 | a \\| b |',
    '| breaks | FAILED | 2.0 | first<br>second |',
    '| waits | NOT RUN | 0.0 |  |',
  ]);
});

test('lists stand-ins, other versions and deviations, each under its heading', () => {
  const text = renderReport(report);
  const under = (heading: string): string => text.split(`## ${heading}\n\n`)[1]?.split('\n\n')[0] ?? '';
  expect(under('Stand-ins')).toBe('- c:3: c cannot be built');
  expect(under('Other versions than dist/ asks for')).toBe('- b:2: b 1');
  expect(under('Not as on a cluster of the real world')).toBe('- one node: two cores');
});

test('lists the chosen proofs unless all were chosen', () => {
  expect(renderReport({ ...report, only: 'refused' })).toContain('of the proofs whose name is like "refused"');
});
