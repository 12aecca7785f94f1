/** The canonical form of IP addresses, and whether other machines can reach them. */
import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';

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

/**
 * Address blocks in which no address is that of one other machine.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry/ and https://www.iana.org/assignments/iana-ipv6-special-registry/
 */
const UNREACHABLE: readonly { readonly block: string; readonly kind: string }[] = [
  { block: '0.0.0.0/8', kind: 'unspecified' },
  { block: '127.0.0.0/8', kind: 'loopback' },
  { block: '169.254.0.0/16', kind: 'link-local' },
  { block: '224.0.0.0/4', kind: 'multicast' },
  { block: '240.0.0.0/4', kind: 'reserved' },
  { block: '::1/128', kind: 'loopback' },
  { block: '::/96', kind: 'unspecified' },
  { block: '100::/64', kind: 'discard-only' },
  { block: 'fe80::/10', kind: 'link-local' },
  { block: 'ff00::/8', kind: 'multicast' },
];

const BLOCKS = UNREACHABLE.map(({ block, kind }) => {
  const [ip = '', bits] = block.split('/');
  const list = new BlockList();
  list.addSubnet(ip, Number(bits), familyOf(ip));
  return { list, kind };
});

/** Says why other machines cannot reach an address. Undefined if they can. */
export function whyUnreachable(text: string): string | undefined {
  const ip = canonicalIp(text);
  if (isIP(ip) === 0) return undefined;
  const found = BLOCKS.find(({ list }) => list.check(ip, familyOf(ip)));
  return found && `other machines cannot reach it (${found.kind})`;
}
