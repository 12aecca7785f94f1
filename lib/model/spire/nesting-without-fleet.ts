/** Fills in the defaults of a fleet for constructs of nested SPIRE servers that are used without one. */
import type { ResolvedExposure } from '../cluster/load-balancer';
import { NESTED_SERVER_SECRET } from '../names';
import type { ResolvedSpire } from '../resolved-fleet';
import { serverApiPortOf } from './resolve-nesting';
import type { ResolvedUpstream } from './resolved-nesting';

/** The SPIRE server above a nested one, as a program describes it; one of a resolved fleet is one of these as well. */
export interface UpstreamSettings {
  /** IP address or DNS name of the `ServerApi` above. */
  readonly address: string;
  /** @default 8081 */
  readonly port?: number;
  /** Name of the cluster above, for texts. @default 'upstream' */
  readonly cluster?: string;
  /** Version of the agent beside the nested server, which follows the server above. @default - that of the other agents */
  readonly agentVersion?: string;
  /**
   * Secret of type kubernetes.io/tls whose certificate has the name of the nested cluster as its common name.
   * @default 'spire-upstream-agent'
   */
  readonly secret?: string;
}

/** Where nested servers reach the server above, as a program describes it. */
export interface ServerApiSettings extends ResolvedExposure {
  /** @default 8081 */
  readonly port?: number;
  /** Root certificates in PEM of the certificates by which nested servers attest; never those of a trust domain. */
  readonly rootPem: string;
}

export function completeUpstream(given: UpstreamSettings, { agentVersion }: ResolvedSpire): ResolvedUpstream {
  return {
    address: given.address,
    port: serverApiPortOf(given),
    cluster: given.cluster ?? 'upstream',
    agentVersion: given.agentVersion ?? agentVersion,
    secret: given.secret ?? NESTED_SERVER_SECRET,
  };
}
