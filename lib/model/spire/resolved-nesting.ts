/** The resolved settings of nested SPIRE servers, and of the servers above them. */
import type { ResolvedExposure } from '../cluster/load-balancer';
import type { ResolvedAuthority } from './resolved-spire';

/** A cluster has either of the two, or neither. */
export interface ResolvedNesting {
  /** Present on a cluster whose server is nested under that of another one. */
  readonly upstream?: ResolvedUpstream;
  /** Present on a cluster that others are nested under. */
  readonly serverApi?: ResolvedServerApi;
}

/** The SPIRE server above a nested one. */
export interface ResolvedUpstream {
  /** Its cluster. */
  readonly cluster: string;
  readonly address: string;
  readonly port: number;
  /** Of the agent beside the nested server: goes with the server above, not with the one beside it. */
  readonly agentVersion: string;
  /** Secret of type kubernetes.io/tls with the certificate by which the agent proves who it is. */
  readonly secret: string;
}

/** The address at which nested servers reach the one above, and the roots that verify their agents. */
export interface ResolvedServerApi extends ResolvedExposure {
  readonly port: number;
  /** PEM of the roots of their agents' certificates. */
  readonly rootPem: string;
  /** The same roots. */
  readonly authorities: readonly ResolvedAuthority[];
  /** Clusters nested under this one, sorted, never empty. */
  readonly nested: readonly string[];
}
