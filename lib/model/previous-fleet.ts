/** The types of earlier decisions that a running fleet cannot change in one step. */

/** By the name of the cluster. */
export type PreviousFleet = Readonly<Record<string, PreviousCluster>>;

/** What the last synthesis decided for a cluster. */
export interface PreviousCluster {
  readonly trustDomain: string;
  readonly spire: string;
  readonly agent: string;
  /** Absent without Istio, and in what older releases of this program wrote. */
  readonly istio?: string;
  readonly serverNamespace: string;
  /** Absent where the server had no volume. */
  readonly storage?: { readonly size: string; readonly storageClass?: string };
  /** Its key in a fleet. Absent for the default. */
  readonly datastore?: string;
  /** Its key in a fleet. Absent for the default. */
  readonly keyManager?: string;
  /** By the name of the peer. */
  readonly peers: Readonly<Record<string, PreviousPeer>>;
}

/** The federation with a peer, as the last synthesis wrote it. */
export interface PreviousPeer {
  readonly trustDomain: string;
  readonly url: string;
  readonly profile: string;
  /** Fingerprints of the bundle that was seeded, as the annotation has them; empty without one. */
  readonly authorities: string;
}
