/** Names of the objects of Flux, and its folder of the output. */
import { fluxSettings } from './flux-settings';

export const FLUX_FOLDER = fluxSettings.name;

/** The GitRepository, and the Kustomization of the delivery objects themselves. */
export function fluxName(fleet: string): string {
  return fleet;
}

/** A Kustomization or HelmRelease of one cluster. The dot keeps it apart from those of a cluster named `<cluster>-…`. */
export function fluxStepName(cluster: string, step: string): string {
  return `${cluster}.${step}`;
}

/** HelmRepository with Istio's charts. */
export function fluxChartsName(fleet: string): string {
  return `${fleet}.istio-charts`;
}
