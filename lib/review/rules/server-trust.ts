/** Finds servers and agents that verify others in another way, or are verified in another way. */
import { fieldsNamed, type RiskRule } from './risk-rule';

const SAYS: Readonly<Record<string, string>> = {
  NodeAttestor: 'which nodes the server believes, and how, changes',
  WorkloadAttestor: 'how agents recognize pods changes',
  bundle_endpoint: 'how peers get the bundle of this trust domain changes',
  federates_with: 'what the server trusts by its own configuration changes',
  insecure_bootstrap: 'whether agents believe any server at their first contact changes',
  ignoreNamespaces: 'in other namespaces than before no pod gets an identity',
  rebootstrap_mode: 'whether agents accept a server with another CA, after its CA was lost, changes',
  jwt_issuer: 'who issues JWT-SVIDs, by their own word, changes',
};

export const serverTrust: RiskRule = {
  name: 'server-trust',
  risk: 'trust',
  looksFor:
    'another node or workload attestation, bundle endpoint, bootstrap or list of ignored namespaces in the configuration of SPIRE',
  why: 'these settings decide which pods can get an identity, and whether peers learn of new keys.',
  assess: (change) =>
    change.item.kind !== 'ConfigMap'
      ? []
      : Object.entries(SAYS).flatMap(([key, says]) => (fieldsNamed(change, key).length > 0 ? [says] : [])),
};
