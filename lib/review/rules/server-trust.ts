/** Finds changes of how servers and agents verify others, or are verified. */
import { fieldsNamed, type RiskRule } from './risk-rule';

const SAYS: Readonly<Record<string, string>> = {
  BundlePublisher:
    'the server keeps copies of the trust bundle in other places, or in another format; it does not update or remove a copy that it leaves, and readers of that copy refuse SVIDs of the next CA',
  CredentialComposer: 'a plugin changes what the server writes into SVIDs',
  NodeAttestor: 'the server attests nodes in another way',
  SVIDStore:
    'agents keep copies of SVIDs and their keys in another place; they do not update or remove copies that they leave',
  WorkloadAttestor: 'agents identify pods in another way',
  admin_ids: 'other SPIFFE IDs may do everything in the API of the server',
  authorized_delegates: 'the pods that can get the SVIDs of every pod on their node change',
  bundle_endpoint: 'peers get the bundle of this trust domain in another way',
  federates_with: 'the trust domains in the configuration of the server change',
  insecure_bootstrap: 'agents can trust any server at their first connection, or no longer do',
  className:
    'the controller manager deletes the entries of resources of the old class, until the resources have the new one; meanwhile pods get no new SVIDs',
  entryIDPrefix:
    'entries with another prefix stay as they are and keep new ones out, unless formerEntryIdPrefix has them deleted; then pods get no new SVIDs for a moment',
  entryIDPrefixCleanup: 'the controller manager deletes entries with another prefix than before',
  parentIDTemplate:
    'entries move below another ID; agents that do not have it lose them, and their pods get no new SVIDs',
  watchClassless: 'resources without a class give out identities, or no longer do',
  ignoreNamespaces: 'the namespaces in which pods get no identity change',
  trust_bundle_url:
    'agents fetch the bundle by which they first verify their server from another place; who can change it there decides which server agents trust',
  rebootstrap_mode: 'agents can accept a server whose CA was lost and replaced, or no longer do',
  disable_jwt_svids: 'the server signs JWT-SVIDs and publishes keys for them, or no longer does',
  jwt_issuer: 'the issuer in JWT-SVIDs changes',
  jwt_key_type: 'the type of the next key that signs JWT-SVIDs changes; programs that verify them must accept it',
  require_pq_kem: 'TLS connections without a post-quantum key exchange are refused, or no longer are',
};

export const serverTrust: RiskRule = {
  name: 'server-trust',
  risk: 'trust',
  looksFor:
    'another node or workload attestation, bundle endpoint, place of a copy of the bundle, composer of SVIDs, bootstrap, list of ignored namespaces, class or parent of entries, administrators, or keys of JWT-SVIDs in the configuration of SPIRE',
  why: 'these settings decide which pods can get an identity, who may give out identities, and whether peers learn of new keys.',
  assess: (change) =>
    change.item.kind !== 'ConfigMap'
      ? []
      : Object.entries(SAYS).flatMap(([key, says]) => (fieldsNamed(change, key).length > 0 ? [says] : [])),
};
