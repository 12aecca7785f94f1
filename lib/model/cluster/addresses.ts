/** Checks that load balancer addresses lie in their pool and that none is used twice. */
import { BlockList, isIP } from 'node:net';
import { findExposure } from '../../exposure/catalog';
import type { Fleet, FleetCluster } from '../../fleet/schema';
import { canonicalIp, familyOf } from '../../formats/ip-addresses';
import type { FleetPath, Report } from '../../problems/problem';
import { problemAt } from '../../problems/problem';

/** Reports pools that overlap, addresses outside of them, and addresses two endpoints claim. */
export function checkAddresses(fleet: Fleet, report: Report): void {
  const claimed = new Map<string, FleetPath>();
  for (const name of Object.keys(fleet.clusters).sort()) {
    const cluster = fleet.clusters[name];
    if (cluster !== undefined) {
      checkPool(cluster, name, report);
      checkClaims(cluster, name, claimed, report);
    }
  }
}

function checkPool(cluster: FleetCluster, name: string, report: Report): void {
  const ranges = cluster.loadBalancer?.metallb.addresses ?? [];
  const place = ['clusters', name, 'loadBalancer', 'metallb', 'addresses'];
  for (const [index, range] of ranges.entries()) {
    const earlier = ranges.findIndex((other, position) => position < index && overlaps(range, other));
    if (earlier >= 0) {
      report(
        problemAt([...place, index], 'pool-overlap', {
          range,
          other: ranges[earlier] ?? '',
          first: [...place, earlier],
        }),
      );
    }
  }
}

function checkClaims(cluster: FleetCluster, name: string, claimed: Map<string, FleetPath>, report: Report): void {
  const pool = cluster.loadBalancer?.metallb.addresses;
  for (const { address, place } of claimsOf(cluster, name)) {
    const first = claimed.get(canonicalIp(address));
    if (first !== undefined) {
      report(problemAt(place, 'address-in-use', { address, first }));
      continue;
    }
    claimed.set(canonicalIp(address), place);
    if (pool === undefined) {
      continue;
    }
    if (!isIP(address)) {
      report(problemAt(place, 'address-not-ip', { address, because: 'MetalLB assigns IP addresses' }));
    } else if (!pool.some((range) => contains(range, address))) {
      const poolAt = ['clusters', name, 'loadBalancer', 'metallb', 'addresses'];
      report(problemAt(place, 'address-outside-pool', { address, pool, poolAt }));
    }
  }
}

interface Claim {
  readonly address: string;
  readonly place: FleetPath;
}

/** Addresses that a load balancer gives to Services of a cluster. */
function claimsOf(cluster: FleetCluster, name: string): readonly Claim[] {
  const claims: Claim[] = [];
  const { bundleEndpoint, gateway, serverApi } = cluster;
  if (bundleEndpoint !== undefined && findExposure(bundleEndpoint.expose).addressOf === 'service') {
    claims.push({ address: bundleEndpoint.address, place: ['clusters', name, 'bundleEndpoint', 'address'] });
  }
  if (gateway !== undefined) {
    claims.push({ address: gateway.address, place: ['clusters', name, 'gateway', 'address'] });
  }
  if (serverApi !== undefined) {
    claims.push({ address: serverApi.address, place: ['clusters', name, 'serverApi', 'address'] });
  }
  return claims;
}

function contains(range: string, address: string): boolean {
  return blockOf(range).check(address, familyOf(address));
}

/** Two ranges overlap if one contains the first or last address of the other. */
function overlaps(one: string, other: string): boolean {
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
