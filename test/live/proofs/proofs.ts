/** Is the list of all proofs, in the order in which they run. */
import { anyOrderProofs } from './any-order';
import { argoCdProofs } from './argocd';
import { certificateProofs } from './certificates';
import { federationProofs } from './federation';
import { fluxProofs } from './flux';
import { identityProofs } from './identities';
import { istioOperatorProofs } from './istio-operator';
import { kustomizeProofs } from './kustomize';
import { mutualGatewayProofs } from './mutual-gateway';
import { networkPolicyProofs } from './network-policies';
import { readinessProof, stabilityProof } from './pods';
import type { Proof } from './proof';
import { refusalProofs } from './refusals';
import { removalProofs } from './removal';
import { resilienceProofs } from './resilience';
import { samenessProofs } from './sameness';
import { steadinessProofs } from './steadiness';
import { trafficProofs } from './traffic';
import { validationProofs } from './validation';

const PROOFS: readonly Proof[] = [
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
];

/** On clusters to which nothing was applied. */
const GITOPS_PROOFS: readonly Proof[] = [...kustomizeProofs, ...fluxProofs, ...argoCdProofs];

/** The proofs of a run. */
export function proofsOf({ gitops }: { readonly gitops: boolean }): readonly Proof[] {
  return gitops ? GITOPS_PROOFS : PROOFS;
}
