/** The resolved settings of Istio on a cluster. */

export interface ResolvedIstio {
  readonly version: string;
  readonly nativeSidecars: boolean;
  /** Whether Istio's own gateway template gives the socket's volume a source that has to be cleared. */
  readonly gatewayVolumeIsSet: boolean;
  /** Whether istiod gives every host an address; where it does not, proxies must ask for one. */
  readonly allocatesAddresses: boolean;
  /** Whether proxies can read certificates from files beside those of SPIRE. */
  readonly readsCertificateFiles: boolean;
  /** Whether the API server can refuse pods that start without the proxy they ask for. */
  readonly guardsProxies: boolean;
  /** Whether Istio's CNI plugin leads traffic to the proxies; else an init container with NET_ADMIN does. */
  readonly cni: boolean;
  /** Whether the proxies' containers can get a seccomp profile, which Pod Security restricted asks for. */
  readonly proxySeccomp: boolean;
  /** Namespaces whose pods take plain text beside mutual TLS, unless they are of a workload of the fleet; sorted by name. */
  readonly plainText: readonly ResolvedPlainNamespace[];
}

export interface ResolvedPlainNamespace {
  readonly namespace: string;
  readonly because: string;
}
