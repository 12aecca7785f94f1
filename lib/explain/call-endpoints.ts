/** Finds the two ends of a call in a fleet, be they workloads of clusters or of partners. */
import type { Fleet } from '../fleet/schema';
import { FederationGraph } from '../model/federation/federation-graph';
import type {
  ResolvedCluster,
  ResolvedFleet,
  ResolvedPartner,
  ResolvedPartnerWorkload,
  ResolvedWorkload,
} from '../model/resolved-fleet';
import type { FleetPath } from '../problems/problem';

/** A fleet without faults, with what was written of it. */
export interface ExplainedFleet {
  readonly fleet: ResolvedFleet;
  readonly written: Fleet;
}

/** A workload on a cluster of the fleet. */
export interface OwnEnd {
  readonly kind: 'own';
  readonly name: string;
  /** Name of its cluster. */
  readonly home: string;
  readonly trustDomain: string;
  readonly cluster: ResolvedCluster;
  readonly workload: ResolvedWorkload;
}

/** A workload that a partner runs. */
export interface PartnerEnd {
  readonly kind: 'partner';
  readonly name: string;
  /** Name of the partner. */
  readonly home: string;
  readonly trustDomain: string;
  readonly partner: ResolvedPartner;
  readonly workload: ResolvedPartnerWorkload;
}

export type End = OwnEnd | PartnerEnd;

export function endOf({ fleet }: ExplainedFleet, name: string): End | undefined {
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

/** Names that `endOf` knows, sorted. */
export function endNames({ fleet }: ExplainedFleet): readonly string[] {
  const own = fleet.clusters.flatMap(({ workloads }) => workloads.map(({ name }) => name));
  return [...own, ...fleet.partners.flatMap(({ workloads }) => workloads.map(({ name }) => name))].sort();
}

/** Two ends and what is known between them. */
export interface Ends {
  readonly caller: End;
  readonly called: End;
  /** Index of the called among the calls that the caller declares; undefined for a call that nobody declared. */
  readonly declared?: number;
  /** Where the fleet says that one home trusts the other. */
  readonly placeOfTrust: (trusting: string, trusted: string) => FleetPath;
  /** The end that federates for a home: itself, or the cluster above it. */
  readonly standsFor: (home: string) => string;
}

export function endsOf({ written }: ExplainedFleet, caller: End, called: End): Ends {
  const graph = graphOf(written);
  const index = (written.workloads?.[caller.name]?.calls ?? []).indexOf(called.name);
  return {
    caller,
    called,
    declared: index < 0 ? undefined : index,
    placeOfTrust: (trusting, trusted) => graph.placeOf(trusting, trusted),
    standsFor: (home) => graph.standsFor(home),
  };
}

/** One for each fleet: thousands of pairs can be asked about. */
const graphs = new WeakMap<Fleet, FederationGraph>();

function graphOf(written: Fleet): FederationGraph {
  const known = graphs.get(written);
  if (known !== undefined) return known;
  // The fleet is without faults: there is nothing to report.
  const graph = new FederationGraph(written, () => undefined);
  graphs.set(written, graph);
  return graph;
}
