/** The types of what is decided about the GitOps tools that apply the output. */

export interface ResolvedDelivery {
  readonly repo: string;
  readonly branch: string;
  /** Folder of the output in the repository, without `/` at either end; `.` is the repository itself. */
  readonly path: string;
  /** Repository of Istio's charts, of scheme https or oci. */
  readonly charts: string;
  readonly flux?: ResolvedFlux;
  readonly argocd?: ResolvedArgoCd;
}

export interface ResolvedFlux {
  /** Whether one Flux applies all clusters, rather than each its own. */
  readonly central: boolean;
  readonly namespace: string;
  /** Secret with credentials for the repository. */
  readonly secret?: string;
  /** How often Flux looks for commits, as Go's time.ParseDuration reads it. */
  readonly poll: string;
  /** How often Flux compares a cluster with the repository, as Go's time.ParseDuration reads it. */
  readonly interval: string;
}

export interface ResolvedArgoCd {
  readonly namespace: string;
  readonly project: string;
  readonly parentProject: string;
  /** What Argo CD calls each cluster of the fleet. */
  readonly clusterNames: Readonly<Record<string, string>>;
}
