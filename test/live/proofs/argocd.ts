/** Proves that Argo CD applies the fleet from one cluster to all. */
import { argoCd } from '../gitops/argocd';
import { deliveryProofs } from './delivery';
import type { Proof } from './proof';

export const argoCdProofs: readonly Proof[] = deliveryProofs(argoCd).map((proof) => ({
  ...proof,
  needs: ['argocd', 'kustomize'],
}));
