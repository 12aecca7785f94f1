/** The family of upstream authorities: who signs the CA of a SPIRE server, so that it leads to a root that peers know. */
import type { ChoosablePlugin, PluginPlan } from '../plugin';
import type { ServerFacts } from '../server-facts';

export interface UpstreamAuthorityPlan extends PluginPlan {
  /** Path length of the CAs that it signs, whatever the server needs. @default - enough for the server and those nested below */
  readonly pathLength?: number;
  /** Whether it decides how long the CA of the server lives, whatever `caTtl` says. @default false */
  readonly decidesCaLife?: boolean;
  /** The intermediate that the server signs with, if cert-manager issues it. @default - none, or a person provides it */
  readonly certificate?: IntermediateCertificate;
  /** How the server comes under a new root. @default - with the server above, under which it is nested */
  readonly rotation?: RootRotation;
  /** What happens when the server gets no new CA, for the runbook. */
  readonly failure: AuthorityFailure;
}

/** A Certificate of cert-manager in the namespace of the server. */
export interface IntermediateCertificate {
  /** Name of the Secret that it fills, and its own. */
  readonly secret: string;
  readonly issuer: { readonly name: string; readonly kind: string; readonly group: string };
  readonly commonName: string;
  /** Of the trust domain. */
  readonly spiffeId: string;
  /** In seconds. */
  readonly duration: number;
  /** In seconds, before its end. */
  readonly renewBefore: number;
  readonly key: { readonly algorithm: 'ECDSA' | 'RSA'; readonly size: number };
}

/**
 * What the rotation of a root asks of a person, in sentences of Markdown. Peers must have learnt the new root from the server
 * before it signs under that root.
 */
export interface RootRotation {
  /** What to do so that the server publishes both roots as soon as it prepares a CA; follows on "Apply the folder, then". */
  readonly publish: string;
  /**
   * Whether the server reads what `publish` changes only when it starts, and the apply does not start it again. @default false
   */
  readonly publishesAtStart?: boolean;
  /** What to do before the server prepares and activates a CA under the new root, once all peers hold both roots. */
  readonly sign: string;
  /** Whether `sign` replaces what the server reads when it starts, such as the Secrets of the plan. @default false */
  readonly replacesSecrets?: boolean;
}

/** The server gets no new CA from the authority: how it shows and what to do. */
export interface AuthorityFailure {
  /** The failure, as a heading. Clusters whose authority has the same heading share the part of the runbook. */
  readonly title: string;
  /** Lines of Markdown before the commands. */
  readonly signs: readonly string[];
  /** What follows `kubectl --context CLUSTER` in the commands that show the reason, before the log of the server. */
  readonly shownBy: readonly string[];
  /** Regular expression (`grep -E`) for the lines of the server's log that say why. */
  readonly logged: string;
  /** Lines of Markdown. */
  readonly remedy: readonly string[];
}

/** An authority that a fleet chooses under `trust`. */
export type UpstreamAuthority = ChoosablePlugin<UpstreamAuthorityPlan>;

/** The authority of a nested server, which follows from `nestedUnder`. */
export interface NestedAuthority {
  /** Undefined for a server that is not nested. */
  readonly plan: (server: ServerFacts) => UpstreamAuthorityPlan | undefined;
  /** What a `plugin_data` that is written says of the server above, and where it looks for the agent beside it. */
  readonly read: (configuration: Readonly<Record<string, unknown>>) => WrittenUpstream;
}

export interface WrittenUpstream {
  readonly address: unknown;
  readonly port: unknown;
  /** Path of the agent's socket. */
  readonly socket: unknown;
}
