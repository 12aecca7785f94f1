/** The resolved settings of SPIRE on a cluster, and of its trust domain. */
import type { Exposure } from '../../exposure/exposure';
import type { ResolvedExposure } from '../cluster/load-balancer';
import type { SpireFeatures } from '../versions';

/** Does not hold the cluster's name, so that clusters with equal settings can share the objects built from it. */
export interface ResolvedSpire {
  readonly serverVersion: string;
  readonly agentVersion: string;
  readonly features: SpireFeatures;
  readonly serverNamespace: string;
  /** Of agents and CSI driver; the same as serverNamespace in the shared layout. */
  readonly agentNamespace: string;
  readonly logLevel: string;
  /** In seconds, like every TTL here. */
  readonly caTtl: number;
  readonly x509SvidTtl: number;
  readonly jwtSvidTtl: number;
  /** Pods of the server. More than one share a datastore. */
  readonly serverReplicas: number;
  readonly storage: { readonly size: string; readonly storageClass?: string };
  /** In MiB. */
  readonly controllerManagerMemory: number;
  readonly networkPolicies: boolean;
  /** Ports of the API server that a policy opens. */
  readonly apiServerPorts: readonly number[];
  /** Ports of the cluster's DNS that a policy opens. */
  readonly dnsPorts: readonly number[];
  readonly webhookFailurePolicy: 'Ignore' | 'Fail';
  /** Namespaces the controller manager leaves alone, as anchored regular expressions. */
  readonly ignoredNamespaces: readonly string[];
}

/** Where the trust in a domain comes from. */
export interface ResolvedTrust {
  /** PEM of the root certificates, which the CA of the server leads to; absent where the server signs with a CA of its own. */
  readonly root?: { readonly pem: string };
  /** The bundle that seeds peers. Absent if it is not known at synthesis. */
  readonly bundle?: ResolvedBundle;
}

/** A SPIFFE bundle. */
export interface ResolvedBundle {
  /** JSON, as SPIRE reads it. */
  readonly text: string;
  /** Its X.509 authorities, in the order of the text. */
  readonly authorities: readonly ResolvedAuthority[];
}

/** A certificate that verifies X.509-SVIDs. */
export interface ResolvedAuthority {
  /** SHA-256, as openssl shows it: pairs of upper-case digits between colons. */
  readonly fingerprint: string;
  /** In ISO 8601. */
  readonly notBefore: string;
  /** In ISO 8601. */
  readonly notAfter: string;
}

export interface ResolvedBundleEndpoint extends ResolvedExposure {
  /** Always with the path `/`, the only one that a SPIRE server answers. */
  readonly url: string;
  readonly port: number;
  readonly exposure: Exposure;
  readonly profile: 'https_spiffe' | 'https_web';
  /** Secret with the web certificate; present exactly for https_web. */
  readonly webCertificate?: string;
  /** In seconds. */
  readonly refreshHint: number;
}

/** How agents reach and verify the kubelets of a cluster. */
export interface ResolvedKubelet {
  readonly directory: string;
  /** Whether agents verify its certificate. */
  readonly verification: boolean;
  /** The address at which an agent dials the kubelet, and which the kubelet's certificate must have: the node's IP or name. */
  readonly address: 'hostIP' | 'nodeName';
}
