/** Writes problems as workflow commands, which GitHub Actions turns into annotations of the files. */
import type { DescribedProblem } from '../problems/render';

/** One line for each problem. */
export function renderGithub(problems: readonly DescribedProblem[]): string {
  return problems.map(annotation).join('\n');
}

/** Format and escapes as in actions/toolkit packages/core/src/command.ts. */
function annotation({ severity, file, line, column, code, path, sentence, hint }: DescribedProblem): string {
  const properties = { file, line, col: column, title: code };
  const listed = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  const message = `${path === undefined ? '' : `${path}: `}${sentence}\nhint: ${hint}`;
  return `::${severity} ${listed.join(',')}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
