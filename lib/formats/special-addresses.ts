/** IP addresses with a special meaning, which are not those of one machine on the Internet. */
import { BlockList, isIP } from 'node:net';
import { canonicalIp, familyOf } from './ip-addresses';

export interface SpecialBlock {
  /** The kind of address, as an adjective. */
  readonly kind: string;
  /** Whether an address of the block can be that of one other machine, in some network. */
  readonly reachable: boolean;
}

/**
 * Blocks that are not globally reachable. An address belongs to the first block that contains it.
 * Addresses for documentation are not in the list, because examples use them as public addresses.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry/ and https://www.iana.org/assignments/iana-ipv6-special-registry/
 */
const SPECIAL: readonly (SpecialBlock & { readonly blocks: readonly string[] })[] = [
  {
    kind: 'private',
    reachable: true,
    blocks: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7', 'fec0::/10'],
  },
  { kind: 'carrier-grade NAT', reachable: true, blocks: ['100.64.0.0/10'] },
  { kind: 'reserved', reachable: true, blocks: ['192.0.0.0/24', '198.18.0.0/15', '64:ff9b:1::/48'] },
  { kind: 'loopback', reachable: false, blocks: ['127.0.0.0/8', '::1/128'] },
  { kind: 'link-local', reachable: false, blocks: ['169.254.0.0/16', 'fe80::/10'] },
  { kind: 'multicast', reachable: false, blocks: ['224.0.0.0/4', 'ff00::/8'] },
  { kind: 'unspecified', reachable: false, blocks: ['0.0.0.0/8', '::/96'] },
  { kind: 'discard-only', reachable: false, blocks: ['100::/64'] },
  { kind: 'reserved', reachable: false, blocks: ['240.0.0.0/4'] },
];

const LISTS = SPECIAL.map(({ kind, reachable, blocks }) => {
  const list = new BlockList();
  for (const block of blocks) {
    const [network = '', bits] = block.split('/');
    list.addSubnet(network, Number(bits), familyOf(network));
  }
  return { kind, reachable, list };
});

/** The block that an IP address is in; undefined for one that is globally reachable. */
export function specialBlockOf(address: string): SpecialBlock | undefined {
  const ip = canonicalIp(address);
  return LISTS.find(({ list }) => list.check(ip, familyOf(ip)));
}

/** Returns why other machines cannot reach an address. Undefined if they can, and for a text that is not an IP address. */
export function whyUnreachable(text: string): string | undefined {
  const found = isIP(canonicalIp(text)) === 0 ? undefined : specialBlockOf(text);
  return found === undefined || found.reachable ? undefined : `other machines cannot reach it (${found.kind})`;
}
