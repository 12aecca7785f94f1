/** The props that all constructs of Flux share, with the defaults of a fleet. */
import { completeRepository } from '../../model/delivery/without-fleet';
import type { DeliveryProps, DeliverySettings } from '../delivery-props';
import { fluxSettings, type ResolvedFlux } from './flux-settings';

export interface FluxProps extends DeliverySettings {
  /** Settings that differ from those of a fleet which says nothing of Flux. @default - none differ */
  readonly flux?: Partial<ResolvedFlux>;
}

/** Settings with nothing left to decide. */
export function completeFlux<Given extends FluxProps>(
  given: Given,
): Omit<Given, keyof FluxProps> & DeliveryProps & { readonly flux: ResolvedFlux } {
  return {
    ...given,
    delivery: completeRepository(given.delivery),
    flux: { ...fluxSettings.resolve({}), ...given.flux },
  };
}
