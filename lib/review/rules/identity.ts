/** Finds added, removed or changed identities. */
import { fieldsBelow, type RiskRule, valueAt } from './risk-rule';

const KINDS: readonly string[] = ['ClusterSPIFFEID', 'ClusterStaticEntry'];

/** Fields of which this or another rule says more. */
const KNOWN: readonly string[] = [
  'federatesWith',
  'jwtTtl',
  'namespaceSelector',
  'podSelector',
  'selectors',
  'spiffeID',
  'spiffeIDTemplate',
  'ttl',
  'workloadSelectorTemplates',
];

export const identity: RiskRule = {
  name: 'identity',
  risk: 'trust',
  looksFor:
    'a ClusterSPIFFEID or ClusterStaticEntry that was added or removed, or that issues other SPIFFE IDs, DNS names or rights',
  why: 'policies of other clusters and of partners name SPIFFE IDs, and a pod without a SPIFFE ID cannot call anybody.',
  assess: (change) => {
    const { action, item } = change;
    if (!KINDS.includes(item.kind)) return [];
    const id = valueAt(item, 'spec', item.kind === 'ClusterSPIFFEID' ? 'spiffeIDTemplate' : 'spiffeID');
    if (action === 'added') return [`issues ${id}`];
    if (action === 'removed') return [`no longer issues ${id}`];
    const others = new Set(fieldsBelow(change, 'spec').map(({ path }) => path[1] ?? 'spec'));
    return [
      ...[...fieldsBelow(change, 'spec', 'spiffeIDTemplate'), ...fieldsBelow(change, 'spec', 'spiffeID')].map(
        ({ before, after }) => `issues ${after} instead of ${before}`,
      ),
      ...[...others].filter((key) => !KNOWN.includes(key)).map((key) => `${key} of the identity changes`),
    ];
  },
};
