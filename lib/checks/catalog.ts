/** Is the list of all checks of the output, sorted by name. */
import { attestationAgrees } from './attestation-agrees';
import { bundleHandOverAgrees } from './bundle-hand-over-agrees';
import { classAgrees } from './class-agrees';
import { contents } from './contents';
import { federationIsFetched } from './federation-is-fetched';
import { ignoredNamespacesAnchored } from './ignored-namespaces-anchored';
import { nestingAgrees } from './nesting-agrees';
import { networkPoliciesOpenPorts } from './network-policies-open-ports';
import { noEmptyLists } from './no-empty-lists';
import { noSubstitution } from './no-substitution';
import { oneIdentityPerPod } from './one-identity-per-pod';
import { oneServerPerDatastore } from './one-server-per-datastore';
import type { CheckedCluster, OutputRule } from './output-rule';
import { plainTextIsDeclared } from './plain-text-is-declared';
import { podReferences } from './pod-references';
import { references } from './references';
import { sdsNamesForIstio } from './sds-names-for-istio';
import { socketAgrees } from './socket-agrees';
import { tlsThatProxiesServe } from './tls-that-proxies-serve';
import { trustDomainAgrees } from './trust-domain-agrees';
import { webhookNamedAlike } from './webhook-named-alike';

export const OUTPUT_RULES: readonly OutputRule[] = [
  attestationAgrees,
  bundleHandOverAgrees,
  classAgrees,
  contents,
  federationIsFetched,
  ignoredNamespacesAnchored,
  nestingAgrees,
  networkPoliciesOpenPorts,
  noEmptyLists,
  noSubstitution,
  oneIdentityPerPod,
  oneServerPerDatastore,
  plainTextIsDeclared,
  podReferences,
  references,
  sdsNamesForIstio,
  socketAgrees,
  tlsThatProxiesServe,
  trustDomainAgrees,
  webhookNamedAlike,
];

/** Those that hold for any objects of a cluster. */
export const OBJECT_RULES: readonly OutputRule<CheckedCluster>[] = [
  contents,
  noEmptyLists,
  noSubstitution,
  podReferences,
];
