/** Services that are reached from outside of the cluster: how they get a given address, and their other settings. */
import { isIP, isIPv6 } from 'node:net';
import { METALLB } from '../names';
import type { ResolvedLoadBalancer } from '../resolved-fleet';

/** A Service that is reached from outside of its cluster. */
export interface ResolvedExposure {
  /** IP address or DNS name under which others reach it. */
  readonly address: string;
  /** Annotations of the Service, such as those that its load balancer reads. @default - none of your own */
  readonly annotations?: { readonly [key: string]: string };
  /** Class of the load balancer. @default - the default class of the cluster */
  readonly loadBalancerClass?: string;
}

/** The parts of a Service that give it a certain address. What is absent, the kind of load balancer does not need. */
export interface PinnedAddress {
  readonly annotations?: { readonly [key: string]: string };
  /** Deprecated in Kubernetes, but the one field that load balancers without an annotation of their own understand. */
  readonly loadBalancerIp?: string;
  /** False where the load balancer needs no node port, which would be one more way in. */
  readonly allocateNodePorts?: false;
  readonly loadBalancerClass?: string;
  readonly family?: AddressFamily;
}

/** The IP family of a Service. Without it, a dual-stack cluster uses its first family, which can differ from that of the address. */
export interface AddressFamily {
  readonly ipFamilyPolicy: 'SingleStack';
  readonly ipFamilies: ['IPv4' | 'IPv6'];
}

/** Annotations that the output writes where MetalLB gives addresses. @see https://metallb.io/usage/#requesting-specific-ips */
export const METALLB_ANNOTATIONS = {
  pool: 'metallb.io/address-pool',
  addresses: 'metallb.io/loadBalancerIPs',
} as const;

/** The fields of a Service that request a given address from the load balancer. */
export function pinnedAddress(
  { address, annotations, loadBalancerClass }: ResolvedExposure,
  loadBalancer: ResolvedLoadBalancer | undefined,
): PinnedAddress {
  const common = { loadBalancerClass, family: familyOf(address) };
  if (loadBalancer !== undefined) {
    const { pool, addresses } = METALLB_ANNOTATIONS;
    return {
      ...common,
      annotations: { ...annotations, [pool]: METALLB.pool, [addresses]: address },
      allocateNodePorts: false,
    };
  }
  // A host name points at whatever address the load balancer gives out.
  return { ...common, annotations, loadBalancerIp: isIP(address) ? address : undefined };
}

/** Undefined for a host name, which can lead to either family. @see MetalLB: "does not match the ipFamily of the service" */
export function familyOf(address: string): AddressFamily | undefined {
  if (isIP(address) === 0) return undefined;
  return { ipFamilyPolicy: 'SingleStack', ipFamilies: [isIPv6(address) ? 'IPv6' : 'IPv4'] };
}
