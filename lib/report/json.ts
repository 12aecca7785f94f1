/** Renders problems as JSON. */
import type { DescribedProblem } from '../problems/render';

/** `problems` in the order of the text; `errors` and `warnings` count them. */
export function renderJson(problems: readonly DescribedProblem[]): string {
  const count = (wanted: DescribedProblem['severity']): number =>
    problems.filter(({ severity }) => severity === wanted).length;
  return JSON.stringify({ errors: count('error'), warnings: count('warning'), problems }, undefined, 2);
}
