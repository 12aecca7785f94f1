/** All proofs, by suite. One command runs each suite on its own clusters. */
import { anyOrderProofs } from './any-order';
import { argoCdProofs } from './argocd';
import { proofOf } from './bypass';
import { BYPASSED_CLUSTER_RULES } from './bypassed-cluster-rules';
import { BYPASSED_IDENTITY_RULES } from './bypassed-identity-rules';
import { certManagerProofs } from './cert-manager';
import { certificateProofs } from './certificates';
import { databaseProofs } from './database';
import { databaseMoveProof } from './database-move';
import { databaseOutageProofs } from './database-outage';
import { federationProofs } from './federation';
import { fluxProofs } from './flux';
import { identityProofs } from './identities';
import { istioOperatorProofs } from './istio-operator';
import { kustomizeProofs } from './kustomize';
import { metricsProof } from './metrics';
import { mutualGatewayProofs } from './mutual-gateway';
import { nestingProofs } from './nesting';
import { networkPolicyProofs } from './network-policies';
import { readinessProof, stabilityProof } from './pods';
import type { Proof } from './proof';
import { refusalProofs } from './refusals';
import { removalProofs } from './removal';
import { resilienceProofs } from './resilience';
import { rootRotationProofs } from './root-rotation';
import { samenessProofs } from './sameness';
import { serverChangeProofs, upgradeProof } from './server-changes';
import { severalNodesProofs } from './several-nodes';
import { severalServersProofs } from './several-servers';
import { steadinessProofs } from './steadiness';
import { topologyProofs } from './topology';
import { trafficProofs } from './traffic';
import { oldestKubernetesProofs, validationProofs } from './validation';
import { vaultProofs } from './vault';

/** Proofs in the order in which they run, on two clusters to which the walkthrough was applied. */
export const SUITES = {
  walkthrough: [
    ...samenessProofs,
    readinessProof,
    ...identityProofs,
    ...federationProofs,
    ...certificateProofs,
    ...trafficProofs,
    ...refusalProofs,
    ...networkPolicyProofs,
    ...istioOperatorProofs,
    ...validationProofs,
    // Late enough for a container that crashes to have been restarted, and before any is restarted on purpose.
    stabilityProof,
    ...mutualGatewayProofs,
    ...resilienceProofs,
    ...steadinessProofs,
    ...removalProofs,
    ...anyOrderProofs,
  ],
  federation: [
    readinessProof,
    ...[...BYPASSED_IDENTITY_RULES, ...BYPASSED_CLUSTER_RULES].map(proofOf),
    ...rootRotationProofs,
    ...topologyProofs,
    // Here, so that the first suite on a machine need not build a second Kubernetes.
    ...oldestKubernetesProofs,
  ],
  nesting: nestingProofs,
  /** On clusters to which nothing was applied. The one that is called has four nodes. */
  production: [
    ...databaseProofs,
    ...severalNodesProofs,
    databaseMoveProof,
    upgradeProof,
    ...severalServersProofs,
    metricsProof,
    ...serverChangeProofs,
    ...certManagerProofs,
    ...vaultProofs,
    // Last, because it lengthens the life of SVIDs.
    ...databaseOutageProofs,
  ],
  /** On clusters to which nothing was applied. */
  gitops: [...kustomizeProofs, ...fluxProofs, ...argoCdProofs],
} as const satisfies Readonly<Record<string, readonly Proof[]>>;

export type SuiteName = keyof typeof SUITES;

export function isSuite(name: string): name is SuiteName {
  return name in SUITES;
}
