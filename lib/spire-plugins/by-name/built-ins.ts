/** The types of plugins that a fleet can add by their names in SPIRE, and the plugins that SPIRE itself has of each. */

/**
 * A server takes any number of these. Of UpstreamAuthority it takes one, which a fleet can name where it chooses no other.
 * @see spire pkg/server/catalog, v1.15.3
 */
export const SERVER_BUILT_INS = {
  BundlePublisher: ['aws_rolesanywhere_trustanchor', 'aws_s3', 'azure_blob', 'gcp_cloudstorage', 'k8s_configmap'],
  CredentialComposer: ['uniqueid'],
  NodeAttestor: [
    ...['aws_iid', 'azure_imds', 'azure_msi', 'gcp_iit', 'http_challenge', 'join_token'],
    ...['k8s_psat', 'sshpop', 'tpm_devid', 'x509pop'],
  ],
  Notifier: ['gcs_bundle', 'k8sbundle'],
  UpstreamAuthority: ['aws_pca', 'awssecret', 'cert-manager', 'disk', 'ejbca', 'gcp_cas', 'spire', 'vault'],
} as const;

export type ServerPluginType = keyof typeof SERVER_BUILT_INS;

/** Types of which a server has exactly one plugin, with the key of `spire.server` that chooses it. */
export const DECIDED_TYPES = { DataStore: 'datastore', KeyManager: 'keyManager' } as const;
