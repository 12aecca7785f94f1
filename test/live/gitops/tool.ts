/** The interface of a GitOps tool for the proofs. */
import type { Cluster } from '../cluster/cluster';
import type { Stage } from '../stage';
import type { Hosting } from './hosting';

export interface GitOpsTool {
  readonly name: string;
  /** Starts its controllers beside a cluster and gives them what a person gives them: definitions and credentials. */
  install(stage: Stage, host: Cluster, hosting: Hosting): Promise<void>;
  /** Applies what dist/ has for it, once. */
  bootstrap(stage: Stage, host: Cluster): Promise<void>;
  /** Throws unless everything is applied as of a commit, and ready; otherwise how much that is. */
  checkReady(host: Cluster, commit: string): Promise<string>;
  /** Throws unless it has seen a commit in which some clusters are no more, and left theirs alone. */
  checkRemoval(host: Cluster, commit: string, removed: string): Promise<string>;
  /** How often it has compared each of its units with a cluster so far. */
  reconciliations(host: Cluster): ReadonlyMap<string, number>;
  /** Asks for one more comparison of every unit. Absent where the tool was started so that it compares often by itself. */
  readonly requestReconciliation?: (host: Cluster) => Promise<void>;
  /** What it says of changes it made or saw since some time; empty when there were none. */
  changes(host: Cluster): Promise<string>;
}
