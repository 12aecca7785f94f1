/** Problems as one error, for constructs that are used without a fleet file. */
import { SourceMap } from '../fleet/source-map';
import { isError, type Problem, type Report } from '../problems/problem';
import { describeProblem } from '../problems/render';

/**
 * An error that lists every problem with its key and a hint.
 * @param where the construct, as the subject of a sentence
 */
export function problemError(problems: readonly Problem[], where: string): Error {
  const source = new SourceMap(where, '');
  const lines = problems.map((problem) => {
    const { code, path, sentence, hint } = describeProblem(problem, source);
    return `  ${path === undefined ? '' : `${path}: `}${sentence} [${code}]\n    hint: ${hint}`;
  });
  return new Error([`${where} cannot be built:`, ...lines].join('\n'));
}

/** The result of a function. @throws Error that lists the errors that it reports */
export function orThrow<Result>(where: string, resolve: (report: Report) => Result): Result {
  const problems: Problem[] = [];
  const result = resolve((problem) => problems.push(problem));
  const errors = problems.filter(isError);
  if (errors.length > 0) throw problemError(errors, where);
  return result;
}
