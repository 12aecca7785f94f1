/** The Argo CD sync wave of each delivery step. */
import { type DeliveryStep, depthOf } from '../../model/delivery/layers';

export const SYNC_WAVE = 'argocd.argoproj.io/sync-wave';

/** Distance between waves. A person can put other objects between them. */
const BETWEEN = 10;

/** Wave of a step; the charts of Istio, which carry no annotation, are in wave 0. */
export function waveOf(step: DeliveryStep): string {
  return String(BETWEEN * (depthOf(step) - depthOf('istio-install')));
}
