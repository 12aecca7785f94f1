/** Finds Services with another IP family. Kubernetes cannot change the family of an existing Service. */
import { isIP } from 'node:net';
import { METALLB_ANNOTATIONS } from '../../model/cluster/load-balancer';
import { type ChangeWithLeaves, fieldsNamed, type RiskRule, valueAt } from './risk-rule';

type Family = 'IPv4' | 'IPv6';

export const serviceFamily: RiskRule = {
  name: 'service-family',
  risk: 'destructive',
  looksFor:
    'an existing Service that gets another IP family, or that sets IPv6 without having requested an IPv6 address before',
  why: 'the API server refuses to change the first family. The apply fails until the Service is deleted, and another Service can get its address before it is created again.',
  assess: (change) => {
    const { gone, come } = familiesOf(change);
    if (come.length === 0 || isNameOfSameFamily(change)) return [];
    const from = gone.length === 0 ? 'unless that is the first family of its cluster' : `it was ${gone.join(', ')}`;
    return [`the API server refuses ${come.join(', ')} for an existing Service, ${from}; delete the Service first`];
  },
};

/** Whether no family was named before, and the one that is named now is that of the address before, or the usual one. */
export function isNameOfSameFamily(change: ChangeWithLeaves): boolean {
  const { gone, come } = familiesOf(change);
  const [family] = come;
  return gone.length === 0 && family !== undefined && (family === 'IPv4' || requestedFamilies(change).includes(family));
}

/** Families of the addresses that the Service asked its load balancer for before. */
function requestedFamilies({ before }: ChangeWithLeaves): readonly Family[] {
  if (before === undefined) return [];
  const address = valueAt(before, 'spec', 'loadBalancerIP');
  const annotation = valueAt(before, 'metadata', 'annotations', METALLB_ANNOTATIONS.addresses);
  return [address, annotation]
    .flatMap((value) => (typeof value === 'string' ? value.split(',') : []))
    .flatMap((text) => {
      const version = isIP(text.trim());
      return version === 0 ? [] : [version === 6 ? 'IPv6' : 'IPv4'];
    });
}

/** The IP families that the Service no longer names, and those that it names now. */
export function familiesOf(change: ChangeWithLeaves): {
  readonly gone: readonly Family[];
  readonly come: readonly Family[];
} {
  if (change.action !== 'changed') return { gone: [], come: [] };
  const families = fieldsNamed(change, 'ipFamilies');
  return {
    gone: families.map(({ before }) => before).filter(isFamily),
    come: families.map(({ after }) => after).filter(isFamily),
  };
}

function isFamily(value: unknown): value is Family {
  return value === 'IPv4' || value === 'IPv6';
}
