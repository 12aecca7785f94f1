/** Finds changed routes from a cluster to hosts outside it. */
import { isSubstantial, listed, type RiskRule, valueAt } from './risk-rule';

export const egress: RiskRule = {
  name: 'egress',
  risk: 'access',
  looksFor: 'a ServiceEntry, DestinationRule or Sidecar that was added, removed or changed',
  why: 'it decides how pods reach hosts of other clusters, and so who gets their requests.',
  assess: (change) => {
    const { action, item } = change;
    if (!['ServiceEntry', 'DestinationRule', 'Sidecar'].includes(item.kind) || !isSubstantial(change)) return [];
    const hosts = valueAt(item, 'spec', 'hosts') ?? [valueAt(item, 'spec', 'host') ?? item.name];
    const names = listed(Array.isArray(hosts) ? hosts : [hosts]);
    return [
      action === 'added'
        ? `pods can reach ${names}`
        : action === 'removed'
          ? `pods no longer reach ${names} this way`
          : `the route to ${names} changes`,
    ];
  },
};
