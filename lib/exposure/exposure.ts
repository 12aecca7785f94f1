/** What an exposure is: a way in which peers reach the bundle endpoint, chosen by `bundleEndpoint.expose`. */

/** An exposure is plain data. Adding one takes its file and one line in the catalog. */
export interface Exposure {
  /** Value of the key `expose`. */
  readonly name: string;
  /** What leads from `address` to the Service, as the end of "<name>: …" in the description of the key. */
  readonly summary: string;
  readonly serviceType: 'LoadBalancer' | 'NodePort' | 'ClusterIP';
  /**
   * What `address` belongs to. A load balancer gives it to this Service, so nothing else may have it. A node shares it.
   * Something of the person's own may be at it, in another IP family than the Service.
   */
  readonly addressOf: 'service' | 'node' | 'other';
  /** The range that `port` must be from, and peers dial on every node. @default - peers dial the port of the Service */
  readonly nodePorts?: { readonly from: number; readonly to: number };
}
