/** All rules, sorted by code. */
import { addressInUse } from './address-in-use';
import { addressOutsidePool } from './address-outside-pool';
import { agentSocketUnusable } from './agent-socket-unusable';
import { agentsBundleUnusable } from './agents-bundle-unusable';
import { ambientUnsupported } from './ambient-unsupported';
import { authorityEndsSoon } from './authority-ends-soon';
import { authorityTwice } from './authority-twice';
import { autoscalingWithoutRoom } from './autoscaling-without-room';
import { autoscalingWithoutRoot } from './autoscaling-without-root';
import { availabilityTargetIgnored } from './availability-target-ignored';
import { bundleDoesNotFit } from './bundle-does-not-fit';
import { bundleTargetShared } from './bundle-target-shared';
import { caTtlIgnored } from './ca-ttl-ignored';
import { callWithoutFederation } from './call-without-federation';
import { cloudWithoutIdentity } from './cloud-without-identity';
import { clusterRemoved } from './cluster-removed';
import { credentialShared } from './credential-shared';
import { databaseShared } from './database-shared';
import { datastoreChanged } from './datastore-changed';
import { duplicateTrustDomain } from './duplicate-trust-domain';
import { endedYetDeclared } from './ended-yet-declared';
import { federationEnded } from './federation-ended';
import { foreignRoot } from './foreign-root';
import { foreignSpiffeId } from './foreign-spiffe-id';
import { formerTrustDomainInUse } from './former-trust-domain-in-use';
import { formerTrustDomainSame } from './former-trust-domain-same';
import { fullMeshTooLarge } from './full-mesh-too-large';
import { identityShared } from './identity-shared';
import { intermediateRenewedLate } from './intermediate-renewed-late';
import { invalidBundle } from './invalid-bundle';
import { istioDowngrade } from './istio-downgrade';
import { istioTooOldToFederate } from './istio-too-old-to-federate';
import { istioVersionJump } from './istio-version-jump';
import { keyManagerChanged } from './key-manager-changed';
import { keysNotKept } from './keys-not-kept';
import { kubeletUnverified } from './kubelet-unverified';
import { meshLabelTaken } from './mesh-label-taken';
import { metricsUnscraped } from './metrics-unscraped';
import { missingBundleEndpoint } from './missing-bundle-endpoint';
import { nameTaken } from './name-taken';
import { namespaceIgnored } from './namespace-ignored';
import { needsNewerSpire } from './needs-newer-spire';
import { nestedCaTooLong } from './nested-ca-too-long';
import { nestedInFederation } from './nested-in-federation';
import { nestedReplicas } from './nested-replicas';
import { nestedRootShared } from './nested-root-shared';
import { nestedUpperUnfit } from './nested-upper-unfit';
import { oneWayFederation } from './one-way-federation';
import { parentIdUnknown } from './parent-id-unknown';
import { pinIgnored } from './pin-ignored';
import { pinOverwrites } from './pin-overwrites';
import { pluginTwice } from './plugin-twice';
import { podsShared } from './pods-shared';
import { poolOverlap } from './pool-overlap';
import { portNotHttp } from './port-not-http';
import { privateHostWithoutCa } from './private-host-without-ca';
import { privateKeyInFile } from './private-key-in-file';
import { refreshHintTooLong } from './refresh-hint-too-long';
import { replicasShareNothing } from './replicas-share-nothing';
import { reservedNamespace } from './reserved-namespace';
import { rootCannotSign } from './root-cannot-sign';
import { rootEndsBeforeCa } from './root-ends-before-ca';
import { rootExpired } from './root-expired';
import { rootPathShort } from './root-path-short';
import { rootReplaced } from './root-replaced';
import { rootSignedWeakly } from './root-signed-weakly';
import { rootTwice } from './root-twice';
import type { AnyRule } from './rule';
import { secretShared } from './secret-shared';
import { selfFederation } from './self-federation';
import { serverMoved } from './server-moved';
import { sharedRoot } from './shared-root';
import { shortLivedPin } from './short-lived-pin';
import { spiffeIdNotIstio } from './spiffe-id-not-istio';
import { spiffeIdTooLong } from './spiffe-id-too-long';
import { spireDowngrade } from './spire-downgrade';
import { spireVersionJump } from './spire-version-jump';
import { syncIntervalTooLong } from './sync-interval-too-long';
import { telemetryWithoutEffect } from './telemetry-without-effect';
import { TOOL_RULES } from './tool-rules';
import { trustDomainRenamed } from './trust-domain-renamed';
import { ttlTooLong } from './ttl-too-long';
import { unseededBundle } from './unseeded-bundle';
import { unsupportedPair } from './unsupported-pair';
import { unsupportedVersion } from './unsupported-version';
import { variableShared } from './variable-shared';
import { versionSkew } from './version-skew';
import { volumeChanged } from './volume-changed';
import { webCertificateImpossible } from './web-certificate-impossible';
import { webhookCanBlock } from './webhook-can-block';

const RULES_OF_ANY_FLEET: readonly AnyRule[] = [
  addressInUse,
  addressOutsidePool,
  agentSocketUnusable,
  agentsBundleUnusable,
  ambientUnsupported,
  authorityEndsSoon,
  authorityTwice,
  autoscalingWithoutRoom,
  autoscalingWithoutRoot,
  availabilityTargetIgnored,
  bundleDoesNotFit,
  bundleTargetShared,
  caTtlIgnored,
  callWithoutFederation,
  cloudWithoutIdentity,
  clusterRemoved,
  credentialShared,
  databaseShared,
  datastoreChanged,
  duplicateTrustDomain,
  endedYetDeclared,
  federationEnded,
  foreignRoot,
  foreignSpiffeId,
  formerTrustDomainInUse,
  formerTrustDomainSame,
  fullMeshTooLarge,
  identityShared,
  intermediateRenewedLate,
  invalidBundle,
  istioDowngrade,
  istioTooOldToFederate,
  istioVersionJump,
  keyManagerChanged,
  keysNotKept,
  kubeletUnverified,
  meshLabelTaken,
  metricsUnscraped,
  missingBundleEndpoint,
  nameTaken,
  namespaceIgnored,
  needsNewerSpire,
  nestedCaTooLong,
  nestedInFederation,
  nestedReplicas,
  nestedRootShared,
  nestedUpperUnfit,
  oneWayFederation,
  parentIdUnknown,
  pinIgnored,
  pinOverwrites,
  pluginTwice,
  podsShared,
  poolOverlap,
  portNotHttp,
  privateHostWithoutCa,
  privateKeyInFile,
  refreshHintTooLong,
  replicasShareNothing,
  reservedNamespace,
  rootCannotSign,
  rootEndsBeforeCa,
  rootExpired,
  rootPathShort,
  rootReplaced,
  rootSignedWeakly,
  rootTwice,
  secretShared,
  selfFederation,
  serverMoved,
  sharedRoot,
  shortLivedPin,
  spiffeIdNotIstio,
  spiffeIdTooLong,
  spireDowngrade,
  spireVersionJump,
  syncIntervalTooLong,
  telemetryWithoutEffect,
  trustDomainRenamed,
  ttlTooLong,
  unseededBundle,
  unsupportedPair,
  unsupportedVersion,
  variableShared,
  versionSkew,
  volumeChanged,
  webCertificateImpossible,
  webhookCanBlock,
];

export const RULES: readonly AnyRule[] = [...RULES_OF_ANY_FLEET, ...TOOL_RULES].sort((a, b) =>
  a.code < b.code ? -1 : 1,
);
