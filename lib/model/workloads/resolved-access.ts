/** The types of resolved access to the pods of a workload. */

/** Who may reach some pods: these principals, by mutual TLS, and at the ports of an exception everybody. */
export interface ResolvedAccess {
  /** Name of PeerAuthentication and AuthorizationPolicy. */
  readonly name: string;
  readonly podLabels: Readonly<Record<string, string>>;
  /** SPIFFE IDs, sorted; empty means nobody. */
  readonly callers: readonly string[];
  /** Absent where only mutual TLS is accepted. */
  readonly plainText?: ResolvedPlainText;
}

/** Ports of pods at which everybody gets through, with or without mutual TLS. */
export interface ResolvedPlainText {
  /** Of the pods, sorted; absent for all. */
  readonly ports?: readonly number[];
  readonly because: string;
}
