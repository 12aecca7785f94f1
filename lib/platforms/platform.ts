/** What a platform is: what is known of the clusters of one distribution or provider, chosen by `platform`. */

/** A platform is plain data. Adding one takes its file and one line in the catalog. */
export interface Platform {
  /** Value of the key `platform`. */
  readonly name: string;
  /** As its project or provider writes it. */
  readonly title: string;
  /** Only what has a source. What is not here is as on the default platform. */
  readonly facts: Partial<PlatformFacts>;
  /** What its clusters need beside, and this release does not write. @default - nothing is known to be missing */
  readonly lacks?: string;
  /** Whether the output was tried on a cluster of this platform, or read from sources alone. */
  readonly tried: boolean;
}

export interface PlatformFacts {
  readonly kubeletDirectory: Fact<string>;
  /** By which name of a node an agent dials its kubelet; it must be in the kubelet's certificate. */
  readonly kubeletAddress: Fact<'hostIP' | 'nodeName'>;
  /** Whether the cluster's CA verifies the kubelet's certificate. */
  readonly kubeletVerification: Fact<boolean>;
  /** Behind the Service `kubernetes`. */
  readonly apiServerPorts: Fact<readonly number[]>;
  /** Of the pods behind the Service of the cluster's DNS. */
  readonly dnsPorts: Fact<readonly number[]>;
}

export interface Fact<Value> {
  readonly value: Value;
  /** Where it was read: an issue, or a file of a repository. */
  readonly source: string;
}
