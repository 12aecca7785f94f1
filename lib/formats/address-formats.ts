/** Formats of IP addresses, DNS names and address ranges in a fleet file. */
import { BlockList, isIP, isIPv4 } from 'node:net';
import { type Format, hostName } from './formats';
import { canonicalIp, familyOf } from './ip-addresses';
import { whyUnreachable } from './special-addresses';

/** An IP address or a DNS name at which other machines reach something. */
export const address: Format = {
  what: 'an IP address or DNS name',
  example: '172.16.17.9',
  pattern: '^[A-Za-z0-9:.-]+$',
  check: (text) => {
    if (text.includes('%')) return 'it has a zone ("%"), which is valid on one machine only';
    if (isIP(text)) return whyUnreachable(text);
    if (text.includes('://') || text.includes('/')) return 'write only the host, without scheme and path';
    if (/:\d+$/.test(text)) return 'write only the host; the port has its own key';
    return hostName.check(text) ?? whyLocal(text);
  },
  canonical: canonicalIp,
};

/** Returns why a name resolves to the machine that looks it up, or undefined if it does not. @see RFC 6761 section 6.3 */
export function whyLocal(name: string): string | undefined {
  return /(^|\.)localhost$/i.test(name) ? 'other machines cannot reach it (loopback)' : undefined;
}

/** A CIDR block or a range `first-last`, as MetalLB takes them. @see https://metallb.io/configuration/ */
export const addressRange: Format = {
  what: 'an address range',
  example: '172.16.17.2/31',
  pattern: '^[0-9a-fA-F:.]+(/[0-9]{1,3}|-[0-9a-fA-F:.]+)$',
  check: (text) => {
    if (text.includes('%')) return 'it has a zone ("%"), which is valid on one machine only';
    return text.includes('-') ? checkEnds(text.split('-')) : checkCidr(text.split('/'));
  },
  canonical: canonicalRange,
};

/** Length of the prefix of an IPv4-mapped IPv6 address, in bits. */
const MAPPED_BITS = 96;

/** Writes the addresses of a range in their canonical form. MetalLB does not accept IPv4-mapped IPv6 addresses. */
function canonicalRange(range: string): string {
  if (range.includes('-')) return range.split('-').map(canonicalIp).join('-');
  const [written = '', bits] = range.split('/');
  const ip = canonicalIp(written);
  const fromMapped = isIP(written) !== isIP(ip);
  if (fromMapped && Number(bits) < MAPPED_BITS) return range;
  return `${ip}/${fromMapped ? Number(bits) - MAPPED_BITS : bits}`;
}

function checkEnds([first = '', last = '', ...more]: readonly string[]): string | undefined {
  if (more.length > 0 || !isIP(first) || isIP(first) !== isIP(last)) {
    return 'a range needs two addresses of the same IP family, as first-last';
  }
  return isOrdered(first, last) ? undefined : 'its first address comes after its last';
}

function checkCidr([ip = '', bits, ...more]: readonly string[]): string | undefined {
  if (!isIP(ip) || more.length > 0) return 'it is neither a CIDR block nor a range of the form first-last';
  const longest = isIPv4(ip) ? 32 : 128;
  if (bits === undefined) return `write a single address as ${ip}/${longest}`;
  return /^\d{1,3}$/.test(bits) && Number(bits) <= longest ? undefined : 'the prefix length is out of range';
}

function isOrdered(first: string, last: string): boolean {
  try {
    new BlockList().addRange(canonicalIp(first), canonicalIp(last), familyOf(canonicalIp(first)));
    return true;
  } catch {
    return false;
  }
}
