/** A problem in words, of which a test gives the parts that it is about. */
import type { DescribedProblem } from '../../lib/problems/render';

export function described(parts: Partial<DescribedProblem> = {}): DescribedProblem {
  return {
    file: 'fleet.yaml',
    line: 3,
    column: 5,
    length: 4,
    severity: 'error',
    code: 'unknown-key',
    sentence: 'it is wrong',
    hint: 'correct it',
    ...parts,
  };
}
