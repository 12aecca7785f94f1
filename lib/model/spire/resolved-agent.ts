/** The resolved settings of the SPIRE agents of a cluster. */
import type { AgentPlugin } from '../../spire-plugins/by-name/agent-plugin';
import type { LogFormat } from './resolved-spire';

/** What is absent has the default of SPIRE. */
export interface ResolvedAgentSettings {
  readonly logLevel: string;
  readonly logFormat: LogFormat;
  readonly x509SvidKeyType?: 'ec-p256' | 'ec-p384' | 'rsa-2048';
  /** In seconds, like every duration here. */
  readonly availabilityTarget?: number;
  readonly x509SvidCacheSize?: number;
  readonly jwtSvidCacheSize?: number;
  /** Workload attestors beside k8s. @default - none */
  readonly workloadAttestors?: readonly 'unix'[];
  /** The socket of the Workload API: its folder on the node, and its name there. */
  readonly socket: { readonly directory: string; readonly name: string };
  /** What agents verify their server by before they have attested. @default - the ConfigMap that the server writes */
  readonly trustBundle?: { readonly url: string; readonly format: 'pem' | 'spiffe' };
  /** SPIFFE IDs that may get the SVIDs of every pod on their node, sorted; never empty. @default - no admin socket */
  readonly delegates?: readonly string[];
  /** Plugins by their names in SPIRE. @default - none */
  readonly plugins?: readonly AgentPlugin[];
  /** Absent where the version of the agents cannot bootstrap anew. */
  readonly rebootstrap?: { readonly mode: 'auto' | 'always' | 'never'; readonly delay?: number };
  readonly experimental?: {
    readonly syncInterval?: number;
    readonly rateLimits?: AgentRateLimits;
    readonly requirePostQuantumKeyExchange?: boolean;
  };
}

/** Calls of one pod a second. What is absent has no limit. */
export interface AgentRateLimits {
  readonly fetchX509Svid?: number;
  readonly fetchJwtSvid?: number;
  readonly fetchX509Bundles?: number;
  readonly fetchJwtBundles?: number;
  readonly streamSecrets?: number;
  readonly fetchSecrets?: number;
}
