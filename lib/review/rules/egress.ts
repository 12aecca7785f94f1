/** Finds changed routes from a cluster to hosts outside it. */
import { isSubstantial, listed, type RiskRule, valueAt } from './risk-rule';

export const egress: RiskRule = {
  name: 'egress',
  risk: 'access',
  looksFor: 'a ServiceEntry, DestinationRule or Sidecar that came, went or changed',
  why: 'by it pods find a host of another cluster; where it leads decides who gets their requests.',
  assess: (change) => {
    const { action, item } = change;
    if (!['ServiceEntry', 'DestinationRule', 'Sidecar'].includes(item.kind) || !isSubstantial(change)) return [];
    const hosts = valueAt(item, 'spec', 'hosts') ?? [valueAt(item, 'spec', 'host') ?? item.name];
    const names = listed(Array.isArray(hosts) ? hosts : [hosts]);
    return [
      action === 'added'
        ? `opens the way to ${names}`
        : action === 'removed'
          ? `closes the way to ${names}`
          : `how ${names} is reached changes`,
    ];
  },
};
