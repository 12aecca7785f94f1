/** Says what a check of the output is: what must hold of the written objects, and what breaks where it does not. */
import type { ResolvedCluster, ResolvedSecret } from '../model/resolved-fleet';
import type { ClusterObjects } from './cluster-objects';
import type { ReportFault } from './output-fault';

/** What a rule knows of the cluster where it holds for any objects, not only for those that a fleet made. */
export interface CheckedCluster extends Pick<ResolvedCluster, 'kubernetes'> {
  /** Secrets that are made outside of the output. */
  readonly requiredSecrets: readonly Pick<ResolvedSecret, 'namespace' | 'name'>[];
  readonly spire: Pick<ResolvedCluster['spire'], 'agentNamespace'>;
}

export interface OutputRule<Cluster = ResolvedCluster> {
  /** Names it in docs/rules.md. */
  readonly name: string;
  /** What it looks for, as the rest of "it reports …". */
  readonly looksFor: string;
  /** What happens where it is ignored. */
  readonly why: string;
  /** Where that is known from. */
  readonly source: string;
  readonly check: (objects: ClusterObjects, cluster: Cluster, report: ReportFault) => void;
}
