/** Hosts for which no public CA issues certificates. */
import { BlockList, isIP } from 'node:net';

/**
 * IANA's special-purpose addresses that are not globally reachable, with a description of each block. Addresses for
 * documentation are left out, since examples use them as public addresses.
 */
const SPECIAL: readonly (readonly [what: string, ...ranges: readonly (readonly [string, number])[]])[] = [
  ['a private address', ['10.0.0.0', 8], ['172.16.0.0', 12], ['192.168.0.0', 16], ['fc00::', 7], ['fec0::', 10]],
  ['a carrier-grade NAT address (RFC 6598)', ['100.64.0.0', 10]],
  ['a loopback address', ['127.0.0.0', 8], ['::1', 128]],
  ['a link-local address', ['169.254.0.0', 16], ['fe80::', 10]],
  [
    'a reserved address',
    ['0.0.0.0', 8],
    ['192.0.0.0', 24],
    ['198.18.0.0', 15],
    ['224.0.0.0', 3],
    ['::', 128],
    ['64:ff9b:1::', 48],
    ['100::', 64],
    ['ff00::', 8],
  ],
];

const BLOCKS: readonly (readonly [string, BlockList])[] = SPECIAL.map(([what, ...ranges]) => {
  const block = new BlockList();
  for (const [network, prefix] of ranges) block.addSubnet(network, prefix, family(network));
  return [what, block];
});

/**
 * Top-level domains that are reserved (RFC 2606, 6762, 9476, ICANN's for internal use) or that will not be delegated. `example`
 * and `test` are not among them: they stand for public ones in examples and tests.
 */
const NEVER_DELEGATED: ReadonlySet<string> = new Set([
  'alt',
  'arpa',
  'corp',
  'home',
  'internal',
  'intranet',
  'invalid',
  'lan',
  'local',
  'localdomain',
  'localhost',
  'mail',
  'private',
]);

/**
 * Why no public CA certifies a host, as a noun phrase; undefined where one may.
 * Whether a top-level domain exists is not looked up.
 * @param host an IP address or a DNS name
 * @see CA/Browser Forum Baseline Requirements, sections 4.2.2 and 1.6.1 (internal name, reserved IP address)
 */
export function whyNotPublic(host: string): string | undefined {
  if (isIP(host)) return BLOCKS.find(([, block]) => block.check(host, family(host)))?.[0];
  const name = host.toLowerCase().replace(/\.$/, '');
  if (!name.includes('.')) return 'a name without a domain';
  const last = name.slice(name.lastIndexOf('.') + 1);
  return NEVER_DELEGATED.has(last) ? `a name under .${last}, which is not a public domain` : undefined;
}

function family(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
