/** Knows how addresses and ranges of them are written in a fleet file. */
import { BlockList, isIP, isIPv4 } from 'node:net';
import { type Format, hostName } from './formats';

/** An IP address or a DNS name. */
export const address: Format = {
  what: 'an IP address or DNS name',
  example: '172.16.17.9',
  pattern: '^[A-Za-z0-9:.-]+$',
  check: (text) => {
    if (text.includes('%')) return 'a zone means something on one machine only';
    if (isIP(text)) return unreachable(text);
    if (text.includes('://') || text.includes('/')) return 'write the host alone, without scheme and path';
    if (/:\d+$/.test(text)) return 'write the host alone; the port has a key of its own';
    return hostName.check(text);
  },
};

/** Addresses that mean another machine to everyone, or none. */
function unreachable(ip: string): string | undefined {
  return /^(0\.|127\.|22[4-9]\.|23\d\.|255\.255\.255\.255$|::1?$|ff)/i.test(ip)
    ? 'no other machine is reached by it'
    : undefined;
}

/** A CIDR block or a range `first-last`, as MetalLB takes them. @see https://metallb.io/configuration/ */
export const addressRange: Format = {
  what: 'an address range',
  example: '172.16.17.2/31',
  pattern: '^[0-9a-fA-F:.]+(/[0-9]{1,3}|-[0-9a-fA-F:.]+)$',
  check: (text) => {
    if (text.includes('%')) return 'a zone means something on one machine only';
    return text.includes('-') ? checkEnds(text.split('-')) : checkCidr(text.split('/'));
  },
};

function checkEnds([first = '', last = '', ...more]: readonly string[]): string | undefined {
  if (more.length > 0 || !isIP(first) || isIP(first) !== isIP(last)) {
    return 'a range has two addresses of one family, first-last';
  }
  return isOrdered(first, last) ? undefined : 'its first address comes after its last';
}

function checkCidr([ip = '', bits, ...more]: readonly string[]): string | undefined {
  if (!isIP(ip) || more.length > 0) return 'it is neither CIDR nor first-last';
  const longest = isIPv4(ip) ? 32 : 128;
  if (bits === undefined) return `write a single address as ${ip}/${longest}`;
  return /^\d{1,3}$/.test(bits) && Number(bits) <= longest ? undefined : 'the prefix length is out of range';
}

function isOrdered(first: string, last: string): boolean {
  try {
    new BlockList().addRange(first, last, isIPv4(first) ? 'ipv4' : 'ipv6');
    return true;
  } catch {
    return false;
  }
}

/** URL of a bundle endpoint. SPIFFE allows neither another scheme nor user information. */
export const httpsUrl: Format = {
  what: 'an https URL',
  example: 'https://spire.partner.example:8443/',
  pattern: '^https://[^\\s@?#]+$',
  check: (text) => {
    if (!URL.canParse(text)) return 'it cannot be read';
    const { protocol, username, password, search, hash } = new URL(text);
    if (protocol !== 'https:') return 'bundle endpoints speak https alone';
    if (username !== '' || password !== '') return 'user information is not allowed';
    return search === '' && hash === '' ? undefined : 'a query or fragment is not allowed';
  },
};
