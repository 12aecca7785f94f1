/** Finds files that lie in the output and that no kustomization applies. */
import { isKustomization } from '../read-items';
import { fieldsBelow, listed, newFields, type RiskRule } from './risk-rule';

export const notApplied: RiskRule = {
  name: 'not-applied',
  risk: 'destructive',
  looksFor: 'a kustomization that went, or that lists less, or more, than what lies beside it',
  why: 'what it does not list is not applied, and GitOps tools that prune delete what was; what is not there makes all of it fail.',
  judge: (change) => {
    if (!isKustomization(change.item)) return [];
    if (change.action === 'removed') return ['what it applied is not applied any more, and is pruned'];
    const kustomization = { ...change, leaves: newFields(change) };
    const unlisted = fieldsBelow(kustomization, 'unlisted').flatMap(({ after }) => after ?? []);
    const missing = fieldsBelow(kustomization, 'missing').flatMap(({ after }) => after ?? []);
    return [
      ...(unlisted.length > 0
        ? [`${listed(unlisted)} is not listed: it is not applied, and what was applied of it is pruned`]
        : []),
      ...(missing.length > 0
        ? [`${listed(missing)} is listed and not there: nothing of the folder can be applied`]
        : []),
    ];
  },
};
