/** Nested clusters: they share the trust domain of another cluster, whose SPIRE server signs the CA of theirs. */
import type { Fleet } from '../../fleet/schema';
import { gatewaySpiffeId, nestedGatewaySpiffeId } from './spiffe-id';

/** The upper cluster of a nested cluster, if the fleet has it; otherwise the cluster itself. */
export function upperOf({ clusters }: Pick<Fleet, 'clusters'>, cluster: string): string {
  const upper = clusters[cluster]?.nestedUnder;
  return upper !== undefined && Object.hasOwn(clusters, upper) ? upper : cluster;
}

/** Clusters nested under this one, sorted. */
export function nestedUnder({ clusters }: Pick<Fleet, 'clusters'>, upper: string): readonly string[] {
  return Object.keys(clusters)
    .filter((name) => name !== upper && upperOf({ clusters }, name) === upper)
    .sort();
}

/** The SPIFFE ID of a cluster's ingress gateway, which no other gateway has. */
export function gatewayIdOf({ clusters }: Pick<Fleet, 'clusters'>, cluster: string): string {
  const { trustDomain = '' } = clusters[cluster] ?? {};
  return upperOf({ clusters }, cluster) === cluster
    ? gatewaySpiffeId(trustDomain)
    : nestedGatewaySpiffeId(trustDomain, cluster);
}
