/** Finds settings of Istio that decide where proxies get identities and which trust domains they trust. */
import { isIstioInstallation } from '../read-items';
import { fieldsNamed, type RiskRule } from './risk-rule';

const SAYS: Readonly<Record<string, string>> = {
  caAddress: 'from whom proxies take certificates changes',
  caCertificates: 'which authorities proxies believe changes',
  pilotCertProvider: "by whom istiod's own certificate is signed changes",
  templates:
    'how pods come to the socket of SPIRE changes; one that is injected without it takes its identity from Istio',
  trustDomainAliases: 'which trust domains count as this one changes',
};

export const meshTrust: RiskRule = {
  name: 'mesh-trust',
  risk: 'trust',
  looksFor: 'other injection templates, certificate authorities or trust domain aliases in the installation of Istio',
  why: 'a proxy that gets its identity from another CA than SPIRE is refused by its peers, or is accepted where it must not be.',
  assess: (change) =>
    isIstioInstallation(change.item)
      ? Object.entries(SAYS).flatMap(([key, says]) => (fieldsNamed(change, key).length > 0 ? [says] : []))
      : [],
};
