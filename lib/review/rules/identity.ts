/** Finds identities that come, go or become others. */
import { fieldsBelow, type RiskRule, valueAt } from './risk-rule';

const KINDS: readonly string[] = ['ClusterSPIFFEID', 'ClusterStaticEntry'];

export const identity: RiskRule = {
  name: 'identity',
  risk: 'trust',
  looksFor: 'a ClusterSPIFFEID or ClusterStaticEntry that came or went, or gives out other SPIFFE IDs, names or rights',
  why: 'policies of other clusters and of partners name SPIFFE IDs; a pod without one reaches nobody.',
  judge: (change) => {
    const { action, item } = change;
    if (!KINDS.includes(item.kind)) return [];
    const id = valueAt(item, 'spec', item.kind === 'ClusterSPIFFEID' ? 'spiffeIDTemplate' : 'spiffeID');
    if (action === 'added') return [`gives out ${id}`];
    if (action === 'removed') return [`no longer gives out ${id}`];
    const others = ['admin', 'downstream', 'dnsNameTemplates', 'autoPopulateDNSNames', 'fallback', 'ttl', 'className'];
    return [
      ...[...fieldsBelow(change, 'spec', 'spiffeIDTemplate'), ...fieldsBelow(change, 'spec', 'spiffeID')].map(
        ({ before, after }) => `gives out ${after} in place of ${before}`,
      ),
      ...others
        .filter((key) => fieldsBelow(change, 'spec', key).length > 0)
        .map((key) => `${key} of the identity changes`),
    ];
  },
};
