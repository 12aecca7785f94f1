/** All exposures. */
import { clusterIp } from './cluster-ip';
import type { Exposure } from './exposure';
import { loadBalancer } from './load-balancer';
import { nodePort } from './node-port';

/** In the order in which the schema names them. */
export const EXPOSURES = [loadBalancer, nodePort, clusterIp] as const satisfies readonly Exposure[];

export const DEFAULT_EXPOSURE = loadBalancer;

export type ExposureName = (typeof EXPOSURES)[number]['name'];

/** @param name @default - the default exposure */
export function findExposure(name: ExposureName = DEFAULT_EXPOSURE.name): Exposure {
  // Every name is one of a record, so one is found.
  return EXPOSURES.find((exposure) => exposure.name === name) as Exposure;
}

/** Chooses an exposure in a program, as `bundleEndpoint.expose` does in a fleet. */
export const chooseExposure = {
  /** A load balancer gives the Service its address. */
  loadBalancer: (): Exposure => loadBalancer,
  /** Every node forwards a port to the Service. */
  nodePort: (): Exposure => nodePort,
  /** Something of your own leads from the address to the Service. */
  clusterIp: (): Exposure => clusterIp,
} as const;
