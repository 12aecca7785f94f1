/** The port at which peers and partners reach an ingress gateway. */
import { DEFAULTS } from '../../fleet/defaults';

/** The port of a gateway, or the default one. */
export function gatewayPortOf({ port }: { readonly port?: number }): number {
  return port ?? DEFAULTS.gatewayPort;
}
