/** Knows how a Service of type LoadBalancer is given a certain address. */
import { isIP } from 'node:net';
import { METALLB } from './names';
import type { ResolvedLoadBalancer } from './resolved-fleet';

export interface PinnedAddress {
  readonly annotations?: { readonly [key: string]: string };
  /** Deprecated in Kubernetes, but the one field that load balancers without an annotation of their own understand. */
  readonly loadBalancerIp?: string;
  /** False where the load balancer needs no node port, which would be one more way in. */
  readonly allocateNodePorts?: false;
}

/** @see https://metallb.io/usage/#requesting-specific-ips */
export function pinnedAddress(address: string, loadBalancer: ResolvedLoadBalancer | undefined): PinnedAddress {
  if (loadBalancer !== undefined) {
    return {
      annotations: { 'metallb.io/address-pool': METALLB.pool, 'metallb.io/loadBalancerIPs': address },
      allocateNodePorts: false,
    };
  }
  // A host name points at whatever address the load balancer gives out.
  return isIP(address) ? { loadBalancerIp: address } : {};
}
