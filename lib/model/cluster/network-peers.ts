/** Addresses as peers of a NetworkPolicy. */
import { isIPv4, isIPv6 } from 'node:net';

/** `SERVICE.NAMESPACE.svc`, with or without the domain of the cluster. */
const SERVICE_NAME = /^[^.]+\.([^.]+)\.svc(?:\.[^.]+)*\.?$/;

/**
 * The peers behind the DNS name of a Service. A name without a dot is that of a Service beside the pod. Policies see a packet after its address was translated to that of a pod, so the
 * namespace of the Service tells where it goes, and the port of the Service does not.
 */
export function servicePeers(
  host: string,
  ownNamespace: string,
): { readonly namespaceSelector: { readonly matchLabels: Readonly<Record<string, string>> } }[] | undefined {
  const isBeside = !/[.:]/.test(host);
  const namespace = isBeside ? ownNamespace : SERVICE_NAME.exec(host.toLowerCase())?.[1];
  return namespace === undefined
    ? undefined
    : [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } }];
}

/** The peer of one address. Undefined for a DNS name, which a NetworkPolicy cannot select. */
export function addressPeers(address: string): { readonly ipBlock: { readonly cidr: string } }[] | undefined {
  if (isIPv6(address)) return [{ ipBlock: { cidr: `${address}/128` } }];
  return isIPv4(address) ? [{ ipBlock: { cidr: `${address}/32` } }] : undefined;
}
