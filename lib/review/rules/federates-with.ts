/** Finds identities whose list of federated trust domains changes. */
import { fieldsBelow, listed, type RiskRule, valueAt } from './risk-rule';

export const federatesWith: RiskRule = {
  name: 'federates-with',
  risk: 'trust',
  looksFor: 'an identity that federates with more or fewer trust domains',
  why: 'a pod accepts SVIDs of its own trust domain, and of those whose bundles it gets with its SVID.',
  assess: (change) => {
    if (change.item.kind !== 'ClusterSPIFFEID') return [];
    const fields = fieldsBelow(change, 'spec', 'federatesWith');
    const listOf = (side: 'before' | 'after'): readonly unknown[] => {
      const list = valueAt(change[side], 'spec', 'federatesWith');
      return Array.isArray(list) ? list : [];
    };
    if (fields.length === 0) return [];
    const [before, after] = [listOf('before'), listOf('after')];
    const more = after.filter((one) => !before.includes(one));
    const fewer = before.filter((one) => !after.includes(one));
    return [
      ...(more.length > 0 ? [`its pods trust ${listed(more)}`] : []),
      ...(fewer.length > 0 ? [`its pods no longer trust ${listed(fewer)}`] : []),
    ];
  },
};
