/** Agents beside nested servers attest by a certificate under a root that is kept for this alone. */
import { UPSTREAM_CERTIFICATE_FOLDER } from '../pod-paths';
import type { NestedAgentsAttestor } from './node-attestor';

const PLUGIN = 'x509pop';
const ROOT = {
  volume: 'nested-root',
  configMap: 'spire-server-nested-root',
  folder: '/run/spire/nested-root',
  file: 'root.pem',
};

/** @see https://github.com/spiffe/spire/blob/v1.15.3/doc/plugin_server_nodeattestor_x509pop.md */
export const x509pop: NestedAgentsAttestor = {
  about: 'The agent beside a nested server attests by a certificate with the name of its cluster.',
  server: ({ nestedRootPem }) =>
    nestedRootPem === undefined
      ? undefined
      : {
          plugin: PLUGIN,
          configuration: {
            ca_bundle_path: `${ROOT.folder}/${ROOT.file}`,
            // The name in the certificate outlives its renewal, its fingerprint does not.
            agent_path_template: '/{{ .PluginName }}/{{ .Subject.CommonName }}',
          },
          volumes: [{ name: ROOT.volume, configMap: { name: ROOT.configMap, data: { [ROOT.file]: nestedRootPem } } }],
          mounts: [{ name: ROOT.volume, path: ROOT.folder }],
        },
  agent: {
    plugin: PLUGIN,
    configuration: {
      certificate_path: `${UPSTREAM_CERTIFICATE_FOLDER}/tls.crt`,
      private_key_path: `${UPSTREAM_CERTIFICATE_FOLDER}/tls.key`,
    },
  },
  agentPath: (cluster) => `/spire/agent/${PLUGIN}/${cluster}`,
};
