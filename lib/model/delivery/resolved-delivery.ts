/** The resolved settings of the GitOps tools that apply the output. */
import type { ResolvedTools } from '../../delivery/settings-catalog';

export interface ResolvedDelivery extends ResolvedTools {
  readonly repo: string;
  readonly branch: string;
  /** Folder of the output in the repository, without `/` at either end; `.` is the repository itself. */
  readonly path: string;
  /** Repository of Istio's charts, of scheme https or oci. */
  readonly charts: string;
}
