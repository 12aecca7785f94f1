/** Finds addresses and ports at which something can be reached, that come, go or change. */
import { fieldsBelow, isSubstantial, type RiskRule, substance, valueAt } from './risk-rule';

const ADDRESS_KINDS: readonly string[] = ['BGPAdvertisement', 'IPAddressPool', 'L2Advertisement'];

export const exposure: RiskRule = {
  name: 'exposure',
  risk: 'access',
  looksFor:
    'a Service reached from outside, or its address, that came, went or changed; a Service with other ports or pods',
  why: 'peers and callers dial the address that they were told; a port too many is open to all.',
  judge: (change) => {
    const { action, item } = change;
    if (ADDRESS_KINDS.includes(item.kind) && isSubstantial(change)) return ['which addresses Services get changes'];
    if (item.kind !== 'Service') return [];
    const outside = [change.before, change.after].some((one) =>
      ['LoadBalancer', 'NodePort'].includes(String(valueAt(one, 'spec', 'type'))),
    );
    if (action === 'added') return outside ? ['can be reached from outside of the cluster'] : [];
    if (action === 'removed')
      return [outside ? 'can no longer be reached from outside of the cluster' : 'its name no longer leads to any pod'];
    const address = fieldsBelow(change, 'metadata', 'annotations');
    return [
      ...(outside && address.length > 0 ? ['the address at which it is reached can change'] : []),
      ...(substance(change).length > 0
        ? ['at which port or address it is reached, or which pods answer, changes']
        : []),
    ];
  },
};
