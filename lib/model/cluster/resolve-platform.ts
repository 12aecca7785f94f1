/** Resolves the settings of a cluster's platform, which the fleet can override. */
import type { Fleet } from '../../fleet/schema';
import { platformFacts } from '../../platforms/catalog';
import type { PlatformFacts } from '../../platforms/platform';
import type { FleetPath } from '../../problems/problem';
import type { ResolvedKubelet } from '../resolved-fleet';

/** The platform of the cluster wins over that of the fleet. */
export function platformOf(fleet: Fleet, cluster: string): PlatformFacts {
  return platformFacts(fleet.clusters[cluster]?.platform ?? fleet.platform);
}

/** Where the platform of a cluster is written. */
export function platformPlace(fleet: Fleet, cluster: string): FleetPath {
  return fleet.clusters[cluster]?.platform === undefined ? ['platform'] : ['clusters', cluster, 'platform'];
}

/** A value that the cluster writes wins over its platform. */
export function resolveKubelet(fleet: Fleet, cluster: string): ResolvedKubelet {
  const facts = platformOf(fleet, cluster);
  const { directory, address, verification } = fleet.clusters[cluster]?.kubelet ?? {};
  return {
    directory: directory ?? facts.kubeletDirectory.value,
    address: address ?? facts.kubeletAddress.value,
    verification: verification ?? facts.kubeletVerification.value,
  };
}
