/** Finds changed settings of Istio that decide where proxies get identities and which trust domains they trust. */
import { isIstioInstallation } from '../read-items';
import { fieldsNamed, type RiskRule } from './risk-rule';

const SAYS: Readonly<Record<string, string>> = {
  caAddress: 'proxies get their certificates from another server',
  caCertificates: 'proxies trust other CAs',
  pilotCertProvider: "another CA signs istiod's own certificate",
  templates:
    'pods mount the socket of SPIRE in another way; a proxy that is injected without it gets its identity from Istio',
  trustDomainAliases: 'the trust domains that are treated as this one change',
};

export const meshTrust: RiskRule = {
  name: 'mesh-trust',
  risk: 'trust',
  looksFor: 'other injection templates, certificate authorities or trust domain aliases in the installation of Istio',
  why: 'peers refuse a proxy whose identity is from another CA than SPIRE, or accept it where they must not.',
  assess: (change) =>
    isIstioInstallation(change.item)
      ? Object.entries(SAYS).flatMap(([key, says]) => (fieldsNamed(change, key).length > 0 ? [says] : []))
      : [],
};
