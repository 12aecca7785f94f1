/** Problems as they are reported to a test. */
import type { Problem, ProblemCode } from '../lib/problems/problem';

export function codesOf(problems: readonly Problem[]): readonly ProblemCode[] {
  return problems.map(({ code }) => code);
}

/** Problems as they are reported, and the function that takes them. */
export function collector(): { readonly problems: Problem[]; readonly report: (problem: Problem) => void } {
  const problems: Problem[] = [];
  return { problems, report: (problem) => problems.push(problem) };
}
