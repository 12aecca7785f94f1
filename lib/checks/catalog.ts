/** The list of all checks of the output, sorted by name. */
import { attestationAgrees } from './attestation-agrees';
import { bootstrapBundleAgrees } from './bootstrap-bundle-agrees';
import { classNameAgrees } from './class-name-agrees';
import { federatedBundlesAreFetched } from './federated-bundles-are-fetched';
import { ignoredNamespacesAnchored } from './ignored-namespaces-anchored';
import { nestingAgrees } from './nesting-agrees';
import { networkPoliciesOpenPorts } from './network-policies-open-ports';
import { noEmptyLists } from './no-empty-lists';
import { noSubstitution } from './no-substitution';
import { objectContents } from './object-contents';
import { oneIdentityPerPod } from './one-identity-per-pod';
import { oneServerPerDatastore } from './one-server-per-datastore';
import type { CheckedCluster, OutputRule } from './output-rule';
import { plainTextIsDeclared } from './plain-text-is-declared';
import { podReferences } from './pod-references';
import { proxyTlsSettings } from './proxy-tls-settings';
import { references } from './references';
import { sdsNamesForIstio } from './sds-names-for-istio';
import { trustDomainAgrees } from './trust-domain-agrees';
import { webhookNamesAgree } from './webhook-names-agree';
import { workloadApiSocketAgrees } from './workload-api-socket-agrees';

export const OUTPUT_RULES: readonly OutputRule[] = [
  attestationAgrees,
  bootstrapBundleAgrees,
  classNameAgrees,
  federatedBundlesAreFetched,
  ignoredNamespacesAnchored,
  nestingAgrees,
  networkPoliciesOpenPorts,
  noEmptyLists,
  noSubstitution,
  objectContents,
  oneIdentityPerPod,
  oneServerPerDatastore,
  plainTextIsDeclared,
  podReferences,
  proxyTlsSettings,
  references,
  sdsNamesForIstio,
  trustDomainAgrees,
  webhookNamesAgree,
  workloadApiSocketAgrees,
];

/** Rules that hold for the objects of any cluster, whether or not a fleet made them. */
export const OBJECT_RULES: readonly OutputRule<CheckedCluster>[] = [
  objectContents,
  noEmptyLists,
  noSubstitution,
  podReferences,
];
