/** Is the list of all proofs, in the order in which they run. */
import { anyOrderProofs } from './any-order';
import { certificateProofs } from './certificates';
import { federationProofs } from './federation';
import { identityProofs } from './identities';
import { istioOperatorProofs } from './istio-operator';
import { mutualGatewayProofs } from './mutual-gateway';
import { nestingProofs } from './nesting';
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

export const PROOFS: readonly Proof[] = [
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
  ...nestingProofs,
];
