/** The two endpoints of a call: each is a workload of a cluster or of a partner. */
import type { FleetDeclarations } from '../model/declarations';
import type {
  ResolvedCluster,
  ResolvedFleet,
  ResolvedPartner,
  ResolvedPartnerWorkload,
  ResolvedWorkload,
} from '../model/resolved-fleet';
import type { FleetPath } from '../problems/problem';

/** A workload on a cluster of the fleet. */
export interface OwnCallEndpoint {
  readonly kind: 'own';
  readonly name: string;
  /** Name of its cluster. */
  readonly home: string;
  readonly trustDomain: string;
  readonly cluster: ResolvedCluster;
  readonly workload: ResolvedWorkload;
}

/** A workload that a partner runs. */
export interface PartnerCallEndpoint {
  readonly kind: 'partner';
  readonly name: string;
  /** Name of the partner. */
  readonly home: string;
  readonly trustDomain: string;
  readonly partner: ResolvedPartner;
  readonly workload: ResolvedPartnerWorkload;
}

export type CallEndpoint = OwnCallEndpoint | PartnerCallEndpoint;

export function tryFindCallEndpoint(fleet: ResolvedFleet, name: string): CallEndpoint | undefined {
  return allCallEndpoints(fleet).get(name);
}

/** Names of all workloads that can call or be called, sorted. */
export function callEndpointNames(fleet: ResolvedFleet): readonly string[] {
  return [...allCallEndpoints(fleet).keys()].sort();
}

/** Made once for each fleet: a comparison of fleets asks about thousands of calls. */
const endpointsOfFleets = new WeakMap<ResolvedFleet, ReadonlyMap<string, CallEndpoint>>();

/** All workloads by name, which is unique in the fleet. */
function allCallEndpoints(fleet: ResolvedFleet): ReadonlyMap<string, CallEndpoint> {
  const known = endpointsOfFleets.get(fleet);
  if (known !== undefined) return known;
  const own = fleet.clusters.flatMap((cluster) =>
    cluster.workloads.map((workload): CallEndpoint => {
      const { name: home, trustDomain } = cluster;
      return { kind: 'own', name: workload.name, home, trustDomain, cluster, workload };
    }),
  );
  const partners = fleet.partners.flatMap((partner) =>
    partner.workloads.map((workload): CallEndpoint => {
      const { name: home, trustDomain } = partner;
      return { kind: 'partner', name: workload.name, home, trustDomain, partner, workload };
    }),
  );
  const all = new Map([...own, ...partners].map((endpoint) => [endpoint.name, endpoint]));
  endpointsOfFleets.set(fleet, all);
  return all;
}

/** Both endpoints of a call, and the declarations of the fleet about them. */
export interface CallEndpoints {
  readonly caller: CallEndpoint;
  readonly called: CallEndpoint;
  /** Index in the caller's list of calls. @default - the caller does not declare this call */
  readonly declared?: number;
  /** The place in the fleet that declares the trust of one home in the other. */
  readonly placeOfTrust: (trusting: string, trusted: string) => FleetPath;
  /** The cluster or partner that federates for a home: the home itself, or the cluster above a nested one. */
  readonly standsFor: (home: string) => string;
}

export function callEndpointsOf(
  { declarations }: ResolvedFleet,
  caller: CallEndpoint,
  called: CallEndpoint,
): CallEndpoints {
  const { trust, calls } = declarations;
  const index = (calls.get(caller.name) ?? []).indexOf(called.name);
  const standsFor = (home: string): string => federatesFor(declarations, home);
  return {
    caller,
    called,
    declared: index < 0 ? undefined : index,
    placeOfTrust: (trusting, trusted) => trust.get(standsFor(trusting))?.get(standsFor(trusted)) ?? ['federation'],
    standsFor,
  };
}

/** The cluster or partner that federates for a home: the home itself, or the cluster above a nested one. */
export function federatesFor({ nestedUnder }: FleetDeclarations, home: string): string {
  return nestedUnder.get(home) ?? home;
}
