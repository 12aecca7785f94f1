/** The resolved settings of SPIRE on a cluster, and of its trust domain. */
import type { CloudIdentityPlan } from '../../cloud-identity/cloud-identity';
import type { Exposure } from '../../exposure/exposure';
import type { ResolvedExposure } from '../cluster/load-balancer';
import type { SpireFeatures } from '../versions';
import type { ResolvedAgentSettings } from './resolved-agent';
import type { ResolvedControllerManager } from './resolved-controller-manager';
import type { ResolvedTelemetry } from './resolved-telemetry';

/** Does not hold the cluster's name, so that clusters with equal settings can share the objects built from it. */
export interface ResolvedSpire {
  readonly serverVersion: string;
  readonly agentVersion: string;
  readonly features: SpireFeatures;
  readonly serverNamespace: string;
  /** Of agents and CSI driver; the same as serverNamespace in the shared layout. */
  readonly agentNamespace: string;
  /** Of components that have none of their own, like the format. */
  readonly logLevel: string;
  readonly logFormat: LogFormat;
  /** In seconds, like every TTL here. */
  readonly caTtl: number;
  readonly x509SvidTtl: number;
  readonly jwtSvidTtl: number;
  readonly server: ResolvedServerSettings;
  readonly agent: ResolvedAgentSettings;
  readonly controllerManager: ResolvedControllerManager;
  readonly storage: { readonly size: string; readonly storageClass?: string };
  /** In MiB. */
  readonly controllerManagerMemory: number;
  /** Absent where no component gives metrics. */
  readonly telemetry?: ResolvedTelemetry;
  readonly networkPolicies: boolean;
  /** Ports of the API server that a policy opens. */
  readonly apiServerPorts: readonly number[];
  /** Ports of the cluster's DNS that a policy opens. */
  readonly dnsPorts: readonly number[];
  readonly webhookFailurePolicy: 'Ignore' | 'Fail';
  /** Namespaces that the controller manager ignores, as anchored regular expressions. */
  readonly ignoredNamespaces: readonly string[];
}

export type LogFormat = 'text' | 'json';

/** Of the key of a CA, as SPIRE names them. */
export type KeyType = 'ec-p256' | 'ec-p384' | 'rsa-2048' | 'rsa-4096';

/** What is set of a SPIRE server beside its plugins. What is absent has the default of SPIRE. */
export interface ResolvedServerSettings {
  /** Number of server pods; with autoscaling, the fewest. Several pods share one datastore. */
  readonly replicas: number;
  /** Absent where the number of pods is fixed. */
  readonly autoscaling?: {
    /** The most pods. */
    readonly maxReplicas: number;
    /** Average use of CPU that the autoscaler aims at, in percent of the request. */
    readonly cpu: number;
  };
  /** Key of the datastore before a move that is under way. */
  readonly formerDatastore?: string;
  /** Key of the key manager before a move that is under way. */
  readonly formerKeyManager?: string;
  /** Absent where the server has no identity in a cloud. */
  readonly cloudIdentity?: CloudIdentityPlan;
  readonly logLevel: string;
  readonly logFormat: LogFormat;
  readonly caSubject: { readonly country: string; readonly organization: string; readonly commonName?: string };
  readonly caKeyType?: KeyType;
  readonly jwtKeyType?: KeyType;
  readonly jwtIssuer?: string;
  /** Whether the server signs JWT-SVIDs. */
  readonly jwtSvids: boolean;
  /** In seconds, like every duration here. */
  readonly agentTtl?: number;
  readonly auditLog?: boolean;
  readonly adminIds?: readonly string[];
  readonly rateLimits?: { readonly attestation?: boolean; readonly signing?: boolean };
  /** Absent where the version of the server cannot forget agents. */
  readonly forgetAgentsAfter?: number;
  readonly experimental?: {
    readonly cacheReloadInterval?: number;
    readonly eventsBasedCache?: boolean;
    readonly fullCacheReloadInterval?: number;
    readonly pruneEventsOlderThan?: number;
    readonly requirePostQuantumKeyExchange?: boolean;
  };
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
