/** The type of a check of the output, with what it looks for, why, and its source. */
import type { ResolvedSecret } from '../model/cluster/resolved-secret';
import type { ResolvedCluster } from '../model/resolved-fleet';
import type { ClusterObjects } from './cluster-objects';
import type { ReportFault } from './output-fault';

/** What a rule needs to know about a cluster if it also checks objects that no fleet made. */
export interface CheckedCluster extends Pick<ResolvedCluster, 'kubernetes'> {
  /** Secrets that exist in the cluster but not in the output. */
  readonly requiredSecrets: readonly Pick<ResolvedSecret, 'namespace' | 'name' | 'keys'>[];
  readonly spire: Pick<ResolvedCluster['spire'], 'agentNamespace'> & Partial<Pick<ResolvedCluster['spire'], 'agent'>>;
  /** Plugins of the SPIRE server, which can read ConfigMaps that a person provides. @default - none reads any */
  readonly plugins?: ResolvedCluster['plugins'];
}

export interface OutputRule<Cluster = ResolvedCluster> {
  /** The rule's name in docs/rules.md. */
  readonly name: string;
  /** What the rule looks for, as the rest of "it reports …". */
  readonly looksFor: string;
  /** What breaks if the rule is ignored. */
  readonly why: string;
  /** The source of that knowledge. */
  readonly source: string;
  readonly check: (objects: ClusterObjects, cluster: Cluster, report: ReportFault) => void;
}
