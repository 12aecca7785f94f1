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
  for (const cluster of fleet.clusters) {
    const workload = cluster.workloads.find((candidate) => candidate.name === name);
    if (workload !== undefined) {
      return { kind: 'own', name, home: cluster.name, trustDomain: cluster.trustDomain, cluster, workload };
    }
  }
  for (const partner of fleet.partners) {
    const workload = partner.workloads.find((candidate) => candidate.name === name);
    if (workload !== undefined) {
      return { kind: 'partner', name, home: partner.name, trustDomain: partner.trustDomain, partner, workload };
    }
  }
  return undefined;
}

/** Names of all workloads that can call or be called, sorted. */
export function callEndpointNames(fleet: ResolvedFleet): readonly string[] {
  const own = fleet.clusters.flatMap(({ workloads }) => workloads.map(({ name }) => name));
  return [...own, ...fleet.partners.flatMap(({ workloads }) => workloads.map(({ name }) => name))].sort();
}

/** Both endpoints of a call, and what the fleet says about the pair. */
export interface CallEndpoints {
  readonly caller: CallEndpoint;
  readonly called: CallEndpoint;
  /** Index in the caller's list of calls. @default - the caller does not declare this call */
  readonly declared?: number;
  /** Where the fleet says that one home trusts the other. */
  readonly placeOfTrust: (trusting: string, trusted: string) => FleetPath;
  /** The cluster or partner that federates for a home: itself, or the cluster that it is nested under. */
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

/** The cluster or partner that federates for a home: itself, or the cluster that it is nested under. */
export function federatesFor({ nestedUnder }: FleetDeclarations, home: string): string {
  return nestedUnder.get(home) ?? home;
}
