/** The addresses that Services of type LoadBalancer ask for, in all clusters. */
import { isIP } from 'node:net';
import { findExposure } from '../../exposure/catalog';
import type { Fleet, FleetCluster } from '../../fleet/schema';
import { canonicalIp } from '../../formats/ip-addresses';
import type { FleetPath, Report } from '../../problems/problem';
import { problemAt } from '../../problems/problem';

/** An address that a Service of a cluster asks for. */
export interface AddressClaim {
  readonly cluster: string;
  readonly address: string;
  readonly place: FleetPath;
  /** The first claim of the same address, in any cluster. @default - this one is the first */
  readonly first?: FleetPath;
}

/** All claims, sorted by cluster. */
export function addressClaims({ clusters }: Fleet): readonly AddressClaim[] {
  const places = new Map<string, FleetPath>();
  return Object.entries(clusters)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([cluster, written]) => claimsOf(cluster, written))
    .map((claim) => {
      const first = places.get(canonicalIp(claim.address));
      if (first === undefined) places.set(canonicalIp(claim.address), claim.place);
      return { ...claim, first };
    });
}

function claimsOf(cluster: string, { bundleEndpoint, gateway, serverApi }: FleetCluster): readonly AddressClaim[] {
  const isService = bundleEndpoint !== undefined && findExposure(bundleEndpoint.expose).addressOf === 'service';
  const claims = { bundleEndpoint: isService ? bundleEndpoint : undefined, gateway, serverApi };
  return Object.entries(claims).flatMap(([key, claim]) =>
    claim === undefined
      ? []
      : [{ cluster, address: claim.address, place: ['clusters', cluster, key, 'address'] as const }],
  );
}

/** The ranges from which MetalLB assigns addresses in a cluster; undefined if something else assigns them. */
export function poolOf({ clusters }: Fleet, cluster: string): readonly string[] | undefined {
  return clusters[cluster]?.loadBalancer?.metallb.addresses;
}

/** The place of the pool in the fleet. */
export function placeOfPool(cluster: string): FleetPath {
  return ['clusters', cluster, 'loadBalancer', 'metallb', 'addresses'];
}

/** Reports host names in clusters with MetalLB. */
export function checkAddresses(fleet: Fleet, report: Report): void {
  for (const { cluster, address, place, first } of addressClaims(fleet)) {
    if (first !== undefined || isIP(address) || poolOf(fleet, cluster) === undefined) continue;
    report(problemAt(place, 'address-not-ip', { address, because: 'MetalLB assigns IP addresses' }));
  }
}
