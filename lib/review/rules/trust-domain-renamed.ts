/** Finds a changed trust domain in the configuration of SPIRE or Istio. */
import { isIstioInstallation } from '../read-items';
import { fieldsBelow, fieldsNamed, type RiskRule } from './risk-rule';

export const trustDomainRenamed: RiskRule = {
  name: 'trust-domain-renamed',
  risk: 'destructive',
  looksFor: 'another trust domain in the configuration of a SPIRE server, an agent, a controller manager or Istio',
  why: 'a server does not start if its datastore has entries of another trust domain, and every SVID of the cluster changes.',
  assess: (change) => {
    const fields =
      change.item.kind === 'ConfigMap'
        ? fieldsNamed(change, 'trust_domain', 'trustDomain')
        : isIstioInstallation(change.item)
          ? [
              ...fieldsBelow(change, 'spec', 'meshConfig', 'trustDomain'),
              ...fieldsBelow(change, 'meshConfig', 'trustDomain'),
            ]
          : [];
    return fields
      .slice(0, 1)
      .map(
        ({ before, after }) =>
          `trust domain ${before ?? 'unset'} -> ${after ?? 'unset'}: the server needs an empty datastore, and workloads have no identity until then`,
      );
  },
};
