/** The canonical form of IP addresses, and their family. */
import { isIPv4, isIPv6 } from 'node:net';

/** An IPv4-mapped IPv6 address, in the form that `URL` writes: two groups of hexadecimal digits. */
const MAPPED = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/;

/**
 * The canonical form of an address, as Go's `netip.Addr.Unmap` prints it: `2001:DB8:0::1` is `2001:db8::1`, and
 * `::ffff:10.2.0.1` is `10.2.0.1`. A text that is no IP address is returned as it is.
 */
export function canonicalIp(text: string): string {
  if (!isIPv6(text) || text.includes('%')) return text;
  const shortest = new URL(`http://[${text}]/`).hostname.slice(1, -1);
  const [, high, low] = MAPPED.exec(shortest) ?? [];
  if (high === undefined || low === undefined) return shortest;
  const [first, second] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return [first >> 8, first & 255, second >> 8, second & 255].join('.');
}

/** The IP family, as `BlockList` names it. The text must be an IP address. */
export function familyOf(ip: string): 'ipv4' | 'ipv6' {
  return isIPv4(ip) ? 'ipv4' : 'ipv6';
}
