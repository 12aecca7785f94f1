/** Knows what a NetworkPolicy can say of an address. */
import { isIPv4, isIPv6 } from 'node:net';

/** One address as a policy's peers; undefined for a DNS name, of which a policy knows nothing. */
export function addressPeers(address: string): { readonly ipBlock: { readonly cidr: string } }[] | undefined {
  if (isIPv6(address)) return [{ ipBlock: { cidr: `${address}/128` } }];
  return isIPv4(address) ? [{ ipBlock: { cidr: `${address}/32` } }] : undefined;
}
