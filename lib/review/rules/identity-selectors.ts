/** Finds identities whose pod selectors change. */
import type { FieldChange } from '../change';
import type { RiskRule } from './risk-rule';

const SELECTORS: readonly string[] = ['podSelector', 'namespaceSelector', 'workloadSelectorTemplates', 'selectors'];

export const identitySelectors: RiskRule = {
  name: 'identity-selectors',
  risk: 'trust',
  looksFor: 'a ClusterSPIFFEID or ClusterStaticEntry that selects pods by other labels, namespaces or ServiceAccounts',
  why: 'without a condition, further pods can get the identity. With a new condition, pods can lose it.',
  assess: (change) => {
    if (!['ClusterSPIFFEID', 'ClusterStaticEntry'].includes(change.item.kind)) return [];
    // The whole of what came or went: a condition, or but a part of one.
    const fields = change.fields.filter(({ path }) => path[0] === 'spec' && SELECTORS.includes(path[1] ?? ''));
    if (fields.some(isWithinExpression)) return ['other pods get the identity'];
    const widens = fields.some(({ after }) => after === undefined);
    const narrows = fields.some(({ before }) => before === undefined);
    if (fields.length === 0) return [];
    if (widens && !narrows) return ['a condition was removed: more pods can get the identity'];
    return [narrows && !widens ? 'a condition was added: pods can lose the identity' : 'other pods get the identity'];
  },
};

/** Another value widens `In` and narrows `NotIn`. */
function isWithinExpression({ path }: FieldChange): boolean {
  const index = path.indexOf('matchExpressions');
  return index >= 0 && path.length > index + 2;
}
