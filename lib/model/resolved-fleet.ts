/** The types of a resolved fleet. Constructs translate parts of it into objects, and make no decisions of their own. */
import type { ServerPlugins } from '../spire-plugins/server-plugins';
import type { ResolvedExposure } from './cluster/load-balancer';
import type { ResolvedSecret } from './cluster/resolved-secret';
import type { FleetDeclarations } from './declarations';
import type { ResolvedDelivery } from './delivery/resolved-delivery';
import type { ResolvedObservability } from './istio/resolve-observability';
import type { ResolvedIstio } from './istio/resolved-istio';
import type { ResolvedNesting } from './spire/resolved-nesting';
import type {
  ResolvedBundle,
  ResolvedBundleEndpoint,
  ResolvedKubelet,
  ResolvedSpire,
  ResolvedTrust,
} from './spire/resolved-spire';
import type { ResolvedAccess } from './workloads/resolved-access';

export type { ResolvedDelivery } from './delivery/resolved-delivery';
export type { ResolvedObservability } from './istio/resolve-observability';
export type { ResolvedIstio } from './istio/resolved-istio';
export type {
  ResolvedAuthority,
  ResolvedBundle,
  ResolvedBundleEndpoint,
  ResolvedKubelet,
  ResolvedSpire,
  ResolvedTrust,
} from './spire/resolved-spire';
export type { ResolvedAccess, ResolvedPlainText } from './workloads/resolved-access';

/** A whole fleet, with nothing left to decide. */
export interface ResolvedFleet {
  readonly name: string;
  /** Sorted by name. */
  readonly clusters: readonly ResolvedCluster[];
  /** Unordered pairs, each once, ends and list sorted by name. */
  readonly links: readonly ResolvedLink[];
  /** Trust one way, sorted. */
  readonly oneWay: readonly { readonly trusting: string; readonly trusted: string }[];
  /** Sorted by caller, then called. */
  readonly calls: readonly ResolvedCall[];
  /** Trust domains that others run, sorted by name. */
  readonly partners: readonly ResolvedPartner[];
  /** Waivers of rules at places of the fleet, sorted. */
  readonly waivers: readonly ResolvedWaiver[];
  /** GitOps tools that apply the output; absent where a person does. */
  readonly delivery?: ResolvedDelivery;
  /** What explanations need to point into the fleet file. */
  readonly declarations: FleetDeclarations;
}

/** A trust domain outside of the fleet, as far as the fleet must know it. */
export interface ResolvedPartner {
  readonly name: string;
  readonly trustDomain: string;
  readonly url: string;
  readonly profile: 'https_spiffe' | 'https_web';
  /** Clusters that federate with it, sorted. */
  readonly clusters: readonly string[];
  /** What the fleet says of workloads there, sorted by name. */
  readonly workloads: readonly ResolvedPartnerWorkload[];
}

export interface ResolvedPartnerWorkload {
  readonly name: string;
  /** Its SPIFFE ID as a caller. Absent if the fleet declares it only as the target of calls. */
  readonly spiffeId?: string;
  /** Host name under which clusters call it. */
  readonly host?: string;
}

/** The waiver of a rule at a place, with its reason. */
export interface ResolvedWaiver {
  readonly rule: string;
  /** As the fleet writes it. */
  readonly at: string;
  readonly because: string;
}

/** Two clusters, or a cluster and a partner, whose trust domains federate. */
export interface ResolvedLink {
  readonly ends: readonly [string, string];
}

/** One workload calls another; in place of a cluster there may be a partner. */
export interface ResolvedCall {
  readonly caller: string;
  readonly callerCluster: string;
  readonly called: string;
  readonly calledCluster: string;
}

/** One cluster; constructs take it whole, or the part that their Props name. */
export interface ResolvedCluster extends ResolvedNesting {
  readonly name: string;
  readonly trustDomain: string;
  /** Minor version, as `1.36`. */
  readonly kubernetes: string;
  readonly kubelet: ResolvedKubelet;
  readonly spire: ResolvedSpire;
  readonly trust: ResolvedTrust;
  /** Plans of the plugins of its SPIRE server. */
  readonly plugins: ServerPlugins;
  /** Absent on a cluster without federation whose fleet entry has none. */
  readonly bundleEndpoint?: ResolvedBundleEndpoint;
  readonly loadBalancer?: ResolvedLoadBalancer;
  /** Absent on a cluster without Istio, whose programs speak mutual TLS themselves. */
  readonly istio?: ResolvedIstio;
  /** Absent where neither Prometheus nor Kiali is deployed. */
  readonly observability?: ResolvedObservability;
  /** Where calls from other clusters arrive. */
  readonly gateway?: ResolvedGateway;
  /** Trust domains whose bundle this one holds, sorted by the name of their cluster or partner. */
  readonly peers: readonly ResolvedPeer[];
  /** Every identity SPIRE gives out to pods here; their pods are disjoint. Sorted by name. */
  readonly identities: readonly ResolvedIdentity[];
  /** Sorted by name. */
  readonly workloads: readonly ResolvedWorkload[];
  /** Calls of workloads here to other clusters, one for each namespace and host. */
  readonly remoteCalls: readonly ResolvedRemoteCall[];
  /** Calls to other clusters that programs here make without a proxy, sorted by caller and host. */
  readonly directCalls: readonly ResolvedDirectCall[];
  /** Namespaces that the output creates, sorted by name. */
  readonly namespaces: readonly ResolvedNamespace[];
  /** Peers that it no longer trusts, whose bundles its server can still hold; sorted by name. */
  readonly endedPeers: readonly ResolvedEndedPeer[];
  /** Trust domain that it had before, for the steps of the change. */
  readonly formerTrustDomain?: string;
  /** Secrets that must exist in the cluster before the output works. */
  readonly requiredSecrets: readonly ResolvedSecret[];
}

export interface ResolvedLoadBalancer {
  /** Ranges of addresses, as CIDR or as first-last, that MetalLB may give to the Services of the output. */
  readonly metallb: { readonly addresses: readonly string[] };
}

export interface ResolvedGateway extends ResolvedExposure {
  /** Port that other clusters dial. */
  readonly port: number;
  readonly spiffeId: string;
  /** Life of its X.509-SVID in seconds. @default - that of the server */
  readonly x509SvidTtl?: number;
  /** Sorted by host. */
  readonly hosts: readonly ResolvedHost[];
}

/** A host name that the gateway serves to callers of other clusters. */
export interface ResolvedHost {
  readonly host: string;
  readonly workload: string;
  readonly namespace: string;
  readonly service: string;
  readonly port: number;
  /** Port of the gateway's Service; Istio finds the pods' port behind it. */
  readonly gatewayPort: number;
  readonly routes: readonly ResolvedRoute[];
  /** SPIFFE IDs that may call, sorted, never empty. */
  readonly callers: readonly string[];
  /** A certificate of the person's own; absent when the gateway serves its SVID. */
  readonly credential?: ResolvedCredential;
}

/** A certificate that a gateway serves in place of its SVID. */
export interface ResolvedCredential {
  readonly secret: string;
  /** SPIFFE ID in the certificate, which callers require. */
  readonly spiffeId: string;
}

export interface ResolvedRoute {
  readonly match: 'exact' | 'prefix';
  readonly path: string;
}

/** A trust domain whose bundle a cluster holds. */
export interface ResolvedPeer {
  /** Its cluster, or the partner. */
  readonly cluster: string;
  readonly trustDomain: string;
  readonly url: string;
  readonly profile: 'https_spiffe' | 'https_web';
  /** Present exactly for https_spiffe. */
  readonly endpointSpiffeId?: string;
  readonly bundle?: ResolvedBundle;
}

/** A federation that is over. */
export interface ResolvedEndedPeer {
  /** Its cluster, or the partner. */
  readonly name: string;
  readonly trustDomain: string;
}

/** A rule that gives pods one identity. */
export interface ResolvedIdentity {
  /** Name of the ClusterSPIFFEID. */
  readonly name: string;
  /** File it is written to, below identities/. */
  readonly file: string;
  readonly spiffeIdTemplate: string;
  /** Never empty. */
  readonly podLabels: Readonly<Record<string, string>>;
  /** Absent for the rule that covers the rest of the mesh. */
  readonly namespace?: string;
  /** Only pods of this ServiceAccount can claim the identity. */
  readonly serviceAccount?: string;
  /** Whether it applies only to pods without another rule, so that each pod has one SVID. */
  readonly fallback: boolean;
  /** Trust domains whose bundle comes with the SVID, sorted. */
  readonly federatesWith: readonly string[];
  readonly dnsNames: readonly string[];
  /** In seconds, like jwtSvidTtl. @default - that of the server */
  readonly x509SvidTtl?: number;
  /** @default - that of the server */
  readonly jwtSvidTtl?: number;
}

export interface ResolvedWorkload {
  readonly name: string;
  readonly namespace: string;
  /** Whether Istio's proxies speak mutual TLS for its pods; else they ask the Workload API themselves. */
  readonly proxied: boolean;
  /** Every SPIFFE ID that its pods hold. */
  readonly spiffeIds: readonly string[];
  /** Service and port at which it takes calls; absent for a workload that only calls. */
  readonly entry?: { readonly service: string; readonly port: number };
  /** A path that answers 200 to every admitted caller. */
  readonly page?: string;
  /** Host name under which other clusters call it. */
  readonly host?: string;
  /** What the output deploys; empty for pods that come from elsewhere. */
  readonly components: readonly ResolvedComponent[];
  /** Requirements on pods that are deployed elsewhere. Absent for pods of the output. */
  readonly expectedPods?: {
    readonly labels: Readonly<Record<string, string>>;
    readonly serviceAccount: string;
    readonly service?: string;
  };
  /** Policies in front of its pods. */
  readonly access: readonly ResolvedAccess[];
}

/** One Service with its ServiceAccount and the Deployments behind it. */
export interface ResolvedComponent {
  readonly name: string;
  readonly serviceAccount: string;
  /** Absent for a component that nobody calls. */
  readonly port?: number;
  readonly deployments: readonly ResolvedDeployment[];
}

export interface ResolvedDeployment {
  readonly name: string;
  readonly version: string;
  readonly image: string;
  readonly replicas: number;
  readonly command?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Folders the program writes to, by volume name; each becomes an emptyDir. */
  readonly scratch: Readonly<Record<string, string>>;
  /** Numeric user of the container; absent where the image decides. */
  readonly user?: number;
}

/** The configuration by which the caller's proxy turns plain HTTP to a host into mutual TLS to a gateway. */
export interface ResolvedRemoteCall {
  /** Name of ServiceEntry and DestinationRule. */
  readonly name: string;
  /** Workload called, which names the file. */
  readonly called: string;
  readonly namespace: string;
  readonly host: string;
  readonly gatewayAddress: string;
  readonly gatewayPort: number;
  /** Whether the called workload supports HTTP/2. */
  readonly http2: boolean;
  /** SPIFFE ID the far end must prove. */
  readonly serverSpiffeId: string;
}

/** The parameters of a program that calls a workload of another cluster with its own SVID. */
export interface ResolvedDirectCall {
  readonly caller: string;
  readonly callerSpiffeId: string;
  readonly called: string;
  readonly host: string;
  readonly gatewayAddress: string;
  readonly gatewayPort: number;
  /** SPIFFE ID the far end must prove. */
  readonly serverSpiffeId: string;
}

export interface ResolvedNamespace {
  readonly name: string;
  readonly podSecurity: 'restricted' | 'baseline' | 'privileged';
  /** Value of the injection label. Absent if only pods with the label get a proxy, and on clusters without Istio. */
  readonly injection?: 'enabled' | 'disabled';
}
