/** Finds added, removed or changed addresses and ports of Services. */
import { type FieldChange, type Item, startsWith } from '../change';
import {
  type ChangeWithLeaves,
  fieldsBelow,
  isSubstantial,
  listed,
  type RiskRule,
  substance,
  valueAt,
} from './risk-rule';
import { isNameOfSameFamily } from './service-family';

const ADDRESS_KINDS: readonly string[] = ['BGPAdvertisement', 'IPAddressPool', 'L2Advertisement'];

export const exposure: RiskRule = {
  name: 'exposure',
  risk: 'access',
  looksFor:
    'a Service that is reachable from outside of the cluster, or the pools of addresses, added, removed or changed; a Service with other ports or pods',
  why: 'peers and callers use the address that they were given. Everybody can reach a port that is open by mistake.',
  assess: (change) => {
    const { action, item } = change;
    if (ADDRESS_KINDS.includes(item.kind) && isSubstantial(change)) return ['Services can get other addresses'];
    if (item.kind !== 'Service') return [];
    const outside = [change.before, change.after].some(isOutside);
    if (action === 'added') return [...(outside ? ['is reachable from outside the cluster'] : []), ...elsewhere(item)];
    if (action === 'removed')
      return [outside ? 'is no longer reachable from outside the cluster' : 'its name no longer resolves'];
    const address = fieldsBelow(change, 'metadata', 'annotations');
    return [
      ...(outside && address.length > 0 ? ['its address can change'] : []),
      ...(substance(change).some((field) => !namesSameFamily(field, change))
        ? ['its port, its address or the pods behind it change']
        : []),
    ];
  },
};

/** A Service that names the family which it has, as its only one, is reached as before. */
function namesSameFamily({ path, after }: FieldChange, change: ChangeWithLeaves): boolean {
  const named =
    startsWith(path, 'spec', 'ipFamilies') || (startsWith(path, 'spec', 'ipFamilyPolicy') && after === 'SingleStack');
  return named && isNameOfSameFamily(change);
}

/** By a load balancer, a port of each node, or an address that the nodes take as theirs. */
function isOutside(item: Item | undefined): boolean {
  const addresses = valueAt(item, 'spec', 'externalIPs');
  const type = valueAt(item, 'spec', 'type');
  return type === 'LoadBalancer' || type === 'NodePort' || (Array.isArray(addresses) && addresses.length > 0);
}

/** An alias: whoever dials its name talks to another host. */
function elsewhere(item: Item): readonly string[] {
  return valueAt(item, 'spec', 'type') === 'ExternalName'
    ? [`is an alias of ${listed([valueAt(item, 'spec', 'externalName') ?? 'no name'])}`]
    : [];
}
