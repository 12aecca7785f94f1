/** Proves that Flux applies the fleet from one cluster to all. */
import { flux } from '../gitops/flux';
import { deliveryProofs } from './delivery';
import type { Proof } from './proof';

export const fluxProofs: readonly Proof[] = deliveryProofs(flux).map((proof) => ({
  ...proof,
  needs: ['fluxSource', 'fluxKustomize', 'fluxHelm'],
}));
