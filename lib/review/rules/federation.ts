/** Finds federations that begin, end or change. */
import { fieldsBelow, fieldsNamed, type RiskRule, valueAt } from './risk-rule';

export const federation: RiskRule = {
  name: 'federation',
  risk: 'trust',
  looksFor: 'a ClusterFederatedTrustDomain that was added, removed or changed',
  why: 'it decides whether SVIDs of that trust domain are accepted. If it is removed, the server keeps the bundle.',
  assess: (change) => {
    const { action, item } = change;
    if (item.kind !== 'ClusterFederatedTrustDomain') return [];
    const trustDomain = valueAt(item, 'spec', 'trustDomain');
    if (action === 'added') return [`${item.cluster} trusts ${trustDomain}`];
    if (action === 'removed')
      return [`${item.cluster} no longer trusts ${trustDomain}; its server keeps the bundle until it is deleted there`];
    return [
      ...fieldsBelow(change, 'spec', 'trustDomain').map(
        ({ before, after }) => `${item.cluster} trusts ${after} instead of ${before}`,
      ),
      ...(fieldsNamed(change, 'trustDomainBundle').length > 0
        ? [
            `the first bundle of ${trustDomain} for ${item.cluster} changes; a server that already has a bundle keeps it`,
          ]
        : []),
      ...fieldsBelow(change, 'spec', 'bundleEndpointURL').map(
        ({ after }) => `the bundle of ${trustDomain} is polled from ${after}`,
      ),
      ...(fieldsBelow(change, 'spec', 'className').length > 0
        ? ['another controller manager reconciles it, or none']
        : []),
      ...(fieldsBelow(change, 'spec', 'bundleEndpointProfile').length > 0
        ? [`${item.cluster} verifies the bundle endpoint in another way`]
        : []),
    ];
  },
};
