/** Makes the two sides of a comparison out of texts. */

import { type AssessedChange, assessRisk } from '../../lib/review/assess-risk';
import { compareTrees } from '../../lib/review/compare-trees';
import type { Side } from '../../lib/review/file-tree';
import { ReviewedTrees } from '../../lib/review/reviewed-trees';

export type Texts = Readonly<Record<string, string>>;

export function sideOf(texts: Texts, shown = 'dist'): Side {
  return { shown, files: new Map(Object.entries(texts)) };
}

/** Every change between two outputs, judged. */
export function judgedChanges(before: Texts, after: Texts): readonly AssessedChange[] {
  const [base, target] = [sideOf(before, 'HEAD:dist'), sideOf(after)];
  const { changes, problems } = compareTrees(base, target);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  const trees = new ReviewedTrees(base, target);
  return changes.map((change) => assessRisk(change, trees));
}

/** An object as YAML: what is given, below its apiVersion, kind and name. */
export function object(apiVersion: string, kind: string, more = '', name = 'it'): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${name}, namespace: shop }\n${more}`;
}
