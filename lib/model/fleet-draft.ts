/** The input of the rules: the fleet as written, and each of its parts resolved by itself. */
import type { Fleet, FleetCluster } from '../fleet/schema';
import type { ServerPlugins } from '../spire-plugins/server-plugins';
import type { FederationGraph } from './federation/federation-graph';
import type { PartnerDraft } from './federation/resolve-partners';
import type { PreviousFleet } from './previous-fleet';
import type {
  ResolvedBundleEndpoint,
  ResolvedDelivery,
  ResolvedIstio,
  ResolvedKubelet,
  ResolvedSpire,
  ResolvedTrust,
} from './resolved-fleet';
import type { ResolvedNesting } from './spire/resolved-nesting';
import type { CallDraft } from './workloads/resolve-calls';
import type { WorkloadDraft } from './workloads/resolve-workloads';

/** Parts with a fault of their own can be missing or incomplete. Rules skip those parts. */
export interface FleetDraft {
  readonly written: Fleet;
  readonly graph: FederationGraph;
  /** By name, sorted. */
  readonly clusters: ReadonlyMap<string, ClusterDraft>;
  /** Trust domains outside of the fleet, by name, sorted. */
  readonly partners: ReadonlyMap<string, PartnerDraft>;
  /** Clusters and partners whose roots are refused although they can be read. Other rules say nothing of these roots. */
  readonly refusedRoots: ReadonlySet<string>;
  /** Sorted by name. */
  readonly workloads: readonly WorkloadDraft[];
  readonly calls: readonly CallDraft[];
  readonly delivery?: ResolvedDelivery;
  /** The time at which certificates are judged, such as those that end soon. */
  readonly now: Date;
  /** What the last synthesis decided; absent for the first one. */
  readonly previous?: PreviousFleet;
}

/** The part of a cluster that depends on no other cluster but the one it is nested under. */
export interface ClusterDraft {
  readonly written: FleetCluster;
  readonly kubernetes: string;
  readonly kubelet: ResolvedKubelet;
  readonly spire: ResolvedSpire;
  /** Absent on a cluster without Istio. */
  readonly istio?: ResolvedIstio;
  readonly trust: ResolvedTrust;
  readonly plugins: ServerPlugins;
  readonly bundleEndpoint?: ResolvedBundleEndpoint;
  readonly nesting: ResolvedNesting;
}
