/** Finds files of the output that no kustomization applies. */
import { posix } from 'node:path';
import { isKustomization } from '../read-items';
import type { ReviewedTrees } from '../reviewed-trees';
import { type ChangeWithLeaves, fieldsBelow, listed, newFields, type RiskRule } from './risk-rule';

export const notApplied: RiskRule = {
  name: 'not-applied',
  risk: 'destructive',
  looksFor:
    'a kustomization that was removed, that does not list a file of its folder, or that lists a file that does not exist',
  why: 'an unlisted file is not applied, and GitOps tools that prune delete its objects. If a listed file does not exist, nothing of the folder is applied.',
  assess: (change, trees) => {
    if (!isKustomization(change.item)) return [];
    if (change.action === 'removed') return ['its objects are no longer applied, and are pruned'];
    const unlisted = unlistedOf(change).filter((name) => !wasNeverApplied(name, change, trees));
    const missing = namesBelow(change, 'missing');
    return [
      ...(unlisted.length > 0
        ? [`${listed(unlisted)} is not listed: its objects are not applied, and are pruned`]
        : []),
      ...(missing.length > 0
        ? [`${listed(missing)} is listed but does not exist: nothing in the folder can be applied`]
        : []),
    ];
  },
};

/** What lies beside a kustomization, and was not left out by it before. */
export function unlistedOf(change: ChangeWithLeaves): readonly string[] {
  return isKustomization(change.item) ? namesBelow(change, 'unlisted') : [];
}

/** Whether nothing of a file beside a kustomization was ever applied. */
export function wasNeverApplied(name: string, { item }: ChangeWithLeaves, trees: ReviewedTrees): boolean {
  return trees.wasNeverApplied(posix.join(posix.dirname(item.file), name));
}

function namesBelow(change: ChangeWithLeaves, key: string): readonly string[] {
  return fieldsBelow({ ...change, leaves: newFields(change) }, key)
    .flatMap(({ after }) => after ?? [])
    .map(String);
}
