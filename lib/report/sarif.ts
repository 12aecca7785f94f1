/** Writes problems as SARIF 2.1.0, which code scanning of GitHub and others reads. */
import type { DescribedProblem } from '../problems/render';
import { sarifRules } from './sarif-rules';

/** The schema of errata 01, as published by OASIS. */
const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** One run, its problems in the order of the text. */
export function renderSarif(problems: readonly DescribedProblem[], { version }: { readonly version: string }): string {
  const codes = [...new Set(problems.map(({ code }) => code))].sort();
  const rules = sarifRules(codes);
  const results = problems.map((problem) => ({
    ruleId: problem.code,
    ruleIndex: codes.indexOf(problem.code),
    level: problem.severity,
    message: { text: messageText(problem) },
    locations: [{ physicalLocation: physicalLocation(problem) }],
    // The fingerprint has no line number, so a finding that moves keeps its identity.
    partialFingerprints: { 'problem/v1': [problem.code, problem.file, problem.path ?? '', problem.sentence].join(' ') },
  }));
  const driver = { name: 'cdk8s-spire', semanticVersion: version, rules };
  return JSON.stringify(
    { $schema: SCHEMA, version: '2.1.0', runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }] },
    undefined,
    2,
  );
}

function messageText({ path, sentence, hint }: DescribedProblem): string {
  return `${path === undefined ? '' : `${path}: `}${sentence}\nhint: ${hint}`;
}

function physicalLocation({ file, line, column, length }: DescribedProblem): unknown {
  return {
    artifactLocation: { uri: encodeURI(file), uriBaseId: '%SRCROOT%' },
    region: { startLine: line, startColumn: column, endColumn: column + length },
  };
}
