/** The list of machine-readable formats for problems. */
import type { DescribedProblem } from '../problems/render';
import { renderGithub } from './github';
import { renderJson } from './json';
import { renderSarif } from './sarif';

export interface Tool {
  /** Semantic version of this program. */
  readonly version: string;
}

/** Returns text without a final line break. It may be empty if there are no problems. */
export type RenderReport = (problems: readonly DescribedProblem[], tool: Tool) => string;

export const REPORT_FORMATS = {
  json: renderJson,
  sarif: renderSarif,
  github: renderGithub,
} as const satisfies Readonly<Record<string, RenderReport>>;

export type ReportFormat = keyof typeof REPORT_FORMATS;
