/** The family of upstream authorities: who signs the CA of a SPIRE server, so that it leads to a root that peers know. */
import type { ChoosablePlugin, PluginPlan } from '../plugin';
import type { ServerFacts } from '../server-facts';

export type UpstreamAuthorityPlan = PluginPlan;

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
