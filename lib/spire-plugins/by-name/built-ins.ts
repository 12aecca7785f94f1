/** The programs of SPIRE that load plugins by name: the types that a fleet can add, and the plugins that SPIRE itself has of each. */

export interface PluginLoader {
  readonly program: 'server' | 'agent';
  /** Plugins of SPIRE, by the types that a fleet can add. */
  readonly builtIns: Readonly<Record<string, readonly string[]>>;
  /** Types of which the program has exactly one plugin. */
  readonly decided: Readonly<Record<string, TypeDecision>>;
}

/** The key of the program that chooses the plugin, or why the fleet cannot choose it. */
export type TypeDecision = { readonly key: string } | { readonly because: string };

/**
 * A server takes any number of plugins. Of UpstreamAuthority it takes one, which a fleet can name where it chooses no other.
 * @see spire pkg/server/catalog, v1.15.3
 */
export const SERVER_PLUGINS: PluginLoader = {
  program: 'server',
  builtIns: {
    BundlePublisher: ['aws_rolesanywhere_trustanchor', 'aws_s3', 'azure_blob', 'gcp_cloudstorage', 'k8s_configmap'],
    CredentialComposer: ['uniqueid'],
    NodeAttestor: [
      ...['aws_iid', 'azure_imds', 'azure_msi', 'gcp_iit', 'http_challenge', 'join_token'],
      ...['k8s_psat', 'sshpop', 'tpm_devid', 'x509pop'],
    ],
    Notifier: ['gcs_bundle', 'k8sbundle'],
    UpstreamAuthority: ['aws_pca', 'awssecret', 'cert-manager', 'disk', 'ejbca', 'gcp_cas', 'spire', 'vault'],
  },
  decided: { DataStore: { key: 'datastore' }, KeyManager: { key: 'keyManager' } },
};

/**
 * An agent takes any number of plugins. SPIRE has `windows` as well, which fails on the Linux nodes of agents.
 * @see spire pkg/agent/catalog, v1.15.3
 */
export const AGENT_PLUGINS: PluginLoader = {
  program: 'agent',
  builtIns: {
    SVIDStore: ['aws_secretsmanager', 'gcp_secretmanager'],
    WorkloadAttestor: ['docker', 'k8s', 'slurm', 'systemd', 'unix'],
  },
  decided: {
    KeyManager: { because: 'it keeps keys in memory, so that no node has one on its disk' },
    NodeAttestor: {
      because: 'it attests by a token of Kubernetes, which the server and the IDs of agents are set up for',
    },
  },
};
