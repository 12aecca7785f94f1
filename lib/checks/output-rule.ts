/** Says what a check of the output is: what must hold of the written objects, and what breaks where it does not. */
import type { ResolvedCluster } from '../model/resolved-fleet';
import type { ClusterObjects } from './cluster-objects';
import type { ReportFault } from './fault';

export interface OutputRule {
  /** Names it in docs/rules.md. */
  readonly name: string;
  /** What it looks for, as the rest of "it reports …". */
  readonly looksFor: string;
  /** What happens where it is ignored. */
  readonly why: string;
  /** Where that is known from. */
  readonly source: string;
  readonly check: (objects: ClusterObjects, cluster: ResolvedCluster, report: ReportFault) => void;
}
