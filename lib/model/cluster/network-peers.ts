/** Addresses as peers of a NetworkPolicy. */
import { isIPv4, isIPv6 } from 'node:net';

/** The peer of one address. Undefined for a DNS name, which a NetworkPolicy cannot select. */
export function addressPeers(address: string): { readonly ipBlock: { readonly cidr: string } }[] | undefined {
  if (isIPv6(address)) return [{ ipBlock: { cidr: `${address}/128` } }];
  return isIPv4(address) ? [{ ipBlock: { cidr: `${address}/32` } }] : undefined;
}
