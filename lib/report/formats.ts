/** Is the list of the formats in which problems are printed for machines. */
import type { DescribedProblem } from '../problems/render';
import { renderGithub } from './github';
import { renderJson } from './json';
import { renderSarif } from './sarif';

export interface Tool {
  /** Semantic version of this program. */
  readonly version: string;
}

/** Text without a line end; empty where a format has nothing to say of no problems. */
export type RenderReport = (problems: readonly DescribedProblem[], tool: Tool) => string;

export const REPORT_FORMATS = {
  json: renderJson,
  sarif: renderSarif,
  github: renderGithub,
} as const satisfies Readonly<Record<string, RenderReport>>;

export type ReportFormat = keyof typeof REPORT_FORMATS;
