/** Finds rules that give their identity to other pods than before. */
import { fieldsBelow, type RiskRule } from './risk-rule';

const SELECTORS: readonly string[] = ['podSelector', 'namespaceSelector', 'workloadSelectorTemplates', 'selectors'];

export const identitySelectors: RiskRule = {
  name: 'identity-selectors',
  risk: 'trust',
  looksFor: 'a ClusterSPIFFEID that selects pods by other labels, namespaces or ServiceAccounts',
  why: 'where a condition goes, pods that nobody thought of can claim the identity; where one comes, pods lose it.',
  judge: (change) => {
    if (!['ClusterSPIFFEID', 'ClusterStaticEntry'].includes(change.item.kind)) return [];
    const fields = SELECTORS.flatMap((key) => fieldsBelow(change, 'spec', key));
    const widens = fields.some(({ after }) => after === undefined);
    const narrows = fields.some(({ before }) => before === undefined);
    if (fields.length === 0) return [];
    if (widens && !narrows) return ['a condition goes: more pods can claim the identity'];
    return [
      narrows && !widens ? 'a condition comes: pods can lose the identity' : 'other pods than before get the identity',
    ];
  },
};
