/** The resolved settings of spire-controller-manager. */
import type { LogFormat } from './resolved-spire';

/** What is absent has the default of the program. */
export interface ResolvedControllerManager {
  readonly logLevel: string;
  readonly logFormat: LogFormat;
  /** Class of every SPIRE resource of the cluster. */
  readonly className: string;
  readonly watchClassless?: boolean;
  readonly entryIdPrefix?: string;
  /** Entries with this prefix are deleted. Empty for entries without one. */
  readonly formerEntryIdPrefix?: string;
  readonly parentIdTemplate?: string;
  /** In seconds, like every duration here. */
  readonly gcInterval?: number;
  readonly leaderElection?: {
    readonly leaseDuration?: number;
    readonly renewDeadline?: number;
    readonly retryPeriod?: number;
  };
}
