/** The type of what is decided about Istio on a cluster. */

export interface ResolvedIstio {
  readonly version: string;
  readonly nativeSidecars: boolean;
  /** Whether Istio's own gateway template gives the socket's volume a source that has to be cleared. */
  readonly gatewayVolumeIsSet: boolean;
  /** Whether the API server can refuse pods that start without the proxy they ask for. */
  readonly guardsProxies: boolean;
}
