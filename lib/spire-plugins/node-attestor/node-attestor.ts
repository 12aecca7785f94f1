/** The family of node attestors: by what a SPIRE server believes that an agent runs where it says. A fleet does not choose them. */
import type { PluginPlan } from '../plugin';
import type { ServerFacts } from '../server-facts';

/** A node attestor has two halves, one in the server and one in each agent that it attests. */
export interface NodeAttestor {
  readonly about: string;
  /** The half in the server; undefined where nobody attests to it this way. */
  readonly server: (server: ServerFacts) => PluginPlan | undefined;
}

/** An attestor of agents on nodes of the server's own cluster. */
export interface OwnAgentsAttestor extends NodeAttestor {
  /** The half in an agent of the server's cluster. */
  readonly agent: (server: ServerFacts) => AgentAttestorPlan;
  /** Values that the two halves must have alike, read back from what is written. */
  readonly agreements: (written: WrittenAttestation) => readonly Agreement[];
}

/** An attestor of the agents beside nested servers. */
export interface NestedAgentsAttestor extends NodeAttestor {
  /** The half in an agent beside a nested server. */
  readonly agent: AgentAttestorPlan;
  /** Path of the SPIFFE ID of the agent beside the nested server of a cluster. */
  readonly agentPath: (cluster: string) => string;
}

export interface AgentAttestorPlan {
  /** Name of the plugin in the configuration of SPIRE; the same in both halves. */
  readonly plugin: string;
  readonly configuration: Readonly<Record<string, unknown>>;
  /** Token of the agent's ServiceAccount, which its pod mounts. @default - none */
  readonly token?: AgentToken;
}

export interface AgentToken {
  readonly folder: string;
  readonly file: string;
  readonly audience: string;
  /** Life of the token, which the kubelet renews. */
  readonly seconds: number;
}

/** What of attestation stands in the objects of a cluster, wherever it came from. */
export interface WrittenAttestation {
  /** Name of the cluster. */
  readonly cluster: string;
  /** `plugin_data` of the server's half. */
  readonly server: unknown;
  /** `plugin_data` of the agents' half. */
  readonly agent: unknown;
  /** Name that the controller manager takes for a part of the SPIFFE IDs of agents. */
  readonly managerCluster: unknown;
  /** What the agents' pods mount. */
  readonly token: { readonly audience: unknown; readonly path: string };
  /** ServiceAccount of the agents, as `namespace:name`. */
  readonly serviceAccount: string;
}

/** Values that must be the same; undefined is a value as well. */
export interface Agreement {
  readonly what: string;
  readonly values: readonly unknown[];
}
