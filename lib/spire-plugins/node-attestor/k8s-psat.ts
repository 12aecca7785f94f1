/** Agents of the server's cluster attest by a token of their ServiceAccount, which the API server reviews. */
import type { ServerFacts } from '../server-facts';
import type { OwnAgentsAttestor } from './node-attestor';

const PLUGIN = 'k8s_psat';
const AUDIENCE = 'spire-server';
const TOKEN = { folder: '/var/run/secrets/tokens', file: 'spire-agent' } as const;

/** Kubernetes' minimum is 600. */
const TOKEN_SECONDS = 3600;

/** @see https://github.com/spiffe/spire/blob/v1.15.3/doc/plugin_server_nodeattestor_k8s_psat.md */
export const k8sPsat: OwnAgentsAttestor = {
  about: "Agents attest by a token of their ServiceAccount for this server, which the cluster's API server reviews.",
  server: ({ cluster, agents }: ServerFacts) => ({
    plugin: PLUGIN,
    configuration: {
      clusters: {
        [cluster]: {
          service_account_allow_list: [`${agents.namespace}:${agents.serviceAccount}`],
          audience: [AUDIENCE],
        },
      },
    },
    permissions: {
      // Whether the token is an agent's, and the UID of the agent's node.
      cluster: [
        { apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] },
        { apiGroups: [''], resources: ['nodes'], verbs: ['get'] },
      ],
      // The agent's own pod.
      agentNamespace: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
    },
  }),
  agent: ({ cluster }) => ({
    plugin: PLUGIN,
    configuration: { cluster, token_path: `${TOKEN.folder}/${TOKEN.file}` },
    token: { ...TOKEN, audience: AUDIENCE, seconds: TOKEN_SECONDS },
  }),
  agreements: ({ cluster, server, agent, managerCluster, token, serviceAccount }) => {
    const own = valueAt(server, 'clusters', cluster);
    return [
      {
        what: 'attestation cluster',
        values: [own === undefined ? undefined : cluster, valueAt(agent, 'cluster'), managerCluster],
      },
      { what: 'attestation audience', values: [valueAt(own, 'audience', '0'), token.audience] },
      { what: 'attestation token path', values: [valueAt(agent, 'token_path'), token.path] },
      {
        what: 'attestation service account',
        values: [valueAt(own, 'service_account_allow_list', '0'), serviceAccount],
      },
    ];
  },
};

/** Undefined where the path ends early. */
function valueAt(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Readonly<Record<string, unknown>> | undefined)?.[key], value);
}
