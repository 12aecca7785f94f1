/** Ranges of IP addresses, as MetalLB writes them: `10.0.0.0/24` or `10.0.0.5-10.0.0.9`. */
import { BlockList } from 'node:net';
import { familyOf } from './ip-addresses';

/** Whether a range contains an IP address. */
export function contains(range: string, address: string): boolean {
  return blockOf(range).check(address, familyOf(address));
}

/** Whether two ranges have an address in common. Then one contains the first or last address of the other. */
export function overlaps(one: string, other: string): boolean {
  return ends(one).some((address) => contains(other, address)) || ends(other).some((address) => contains(one, address));
}

function ends(range: string): readonly string[] {
  return range.includes('-') ? range.split('-') : [range.split('/')[0] ?? ''];
}

function blockOf(range: string): BlockList {
  const block = new BlockList();
  const [first = '', last] = range.split('-');
  if (last !== undefined) {
    block.addRange(first, last, familyOf(first));
  } else {
    const [ip = '', bits] = range.split('/');
    block.addSubnet(ip, Number(bits), familyOf(ip));
  }
  return block;
}
