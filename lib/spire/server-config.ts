/** Translates a cluster's decisions into the server.conf of its SPIRE server. */

import { goDuration } from '../formats/duration';
import { renderJson } from '../model/configuration';
import { BUNDLE_CONFIG_MAP, SPIRE_SERVER } from '../model/names';
import type { ResolvedBundleEndpoint, ResolvedCluster, ResolvedSpire } from '../model/resolved-fleet';
import { UPSTREAM_AGENT_PATH_TEMPLATE } from '../model/spire/spiffe-id';
import { UPSTREAM_AGENT_PATHS } from './upstream-agent-config';

export type ServerConfigProps = Pick<
  ResolvedCluster,
  'trustDomain' | 'spire' | 'trust' | 'bundleEndpoint' | 'upstream' | 'serverApi'
>;

/** Where the server's pod has its files. */
export const SERVER_PATHS = {
  data: '/var/lib/spire/server',
  config: '/etc/spire/server',
  configFile: 'server.conf',
  socketDirectory: '/tmp/spire-server/private',
  socketFile: 'api.sock',
  upstream: '/run/spire/upstream',
  root: '/run/spire/root',
  rootFile: 'root.pem',
  nestedRoot: '/run/spire/nested-root',
  webCertificate: '/run/spire/web',
} as const;

/** How long after the end of its SVID an agent is forgotten. One that comes back later attests anew, by its token or certificate. */
const AGENT_FORGOTTEN_AFTER = '24h';

/** A plugin as SPIRE's catalog reads it from JSON: a list of one-key maps. */
type Plugin = readonly Readonly<Record<string, { readonly plugin_data: Readonly<Record<string, unknown>> }>>[];

const plugin = (name: string, data: Readonly<Record<string, unknown>>): Plugin => [{ [name]: { plugin_data: data } }];

/** server.conf in JSON. @see https://github.com/spiffe/spire/blob/v1.15.3/doc/spire_server.md */
export function renderServerConfig(props: ServerConfigProps): string {
  const { spire } = props;
  return renderJson({
    server: {
      trust_domain: props.trustDomain,
      bind_address: '0.0.0.0',
      bind_port: String(SPIRE_SERVER.apiPort),
      socket_path: `${SERVER_PATHS.socketDirectory}/${SERVER_PATHS.socketFile}`,
      data_dir: SERVER_PATHS.data,
      log_level: spire.logLevel,
      ca_ttl: goDuration(spire.caTtl),
      default_x509_svid_ttl: goDuration(spire.x509SvidTtl),
      default_jwt_svid_ttl: goDuration(spire.jwtSvidTtl),
      // Each node that ever was leaves a row in the datastore otherwise (spiffe/spire#5938).
      prune_attested_nodes_expired_for: spire.features.forgetsAgents ? AGENT_FORGOTTEN_AFTER : undefined,
      // SPIRE's own default, and the trust domain, so that CAs of different domains can be told apart.
      ca_subject: [{ country: ['US'], organization: ['SPIFFE'], common_name: props.trustDomain }],
      ...(props.bundleEndpoint && { federation: { bundle_endpoint: bundleEndpoint(props.bundleEndpoint) } }),
    },
    plugins: {
      DataStore: plugin('sql', {
        database_type: 'sqlite3',
        connection_string: `${SERVER_PATHS.data}/datastore.sqlite3`,
      }),
      KeyManager: plugin('disk', { keys_path: `${SERVER_PATHS.data}/keys.json` }),
      NodeAttestor: nodeAttestors(props),
      ...upstreamAuthority(props),
      ...bundleHandOver(spire),
    },
    health_checks: {
      listener_enabled: true,
      bind_address: '0.0.0.0',
      bind_port: String(SPIRE_SERVER.healthPort),
      live_path: '/live',
      ready_path: '/ready',
    },
  });
}

function bundleEndpoint({ profile, refreshHint }: ResolvedBundleEndpoint): Readonly<Record<string, unknown>> {
  const web = {
    serving_cert_file: {
      cert_file_path: `${SERVER_PATHS.webCertificate}/tls.crt`,
      key_file_path: `${SERVER_PATHS.webCertificate}/tls.key`,
      // Documented as optional; without it the server ends with «time: invalid duration ""».
      file_sync_interval: '1h',
    },
  };
  return {
    address: '0.0.0.0',
    port: SPIRE_SERVER.bundleEndpointPort,
    refresh_hint: goDuration(refreshHint),
    profile: [profile === 'https_web' ? { https_web: web } : { https_spiffe: {} }],
  };
}

/** The agents of the cluster attest by their tokens, those beside nested servers elsewhere by a certificate. */
function nodeAttestors({ spire, serverApi }: ServerConfigProps): Plugin {
  const own = plugin('k8s_psat', {
    clusters: {
      [spire.attestation.cluster]: {
        service_account_allow_list: [spire.attestation.allowed],
        audience: [spire.attestation.audience],
      },
    },
  });
  return serverApi === undefined
    ? own
    : [
        ...own,
        ...plugin('x509pop', {
          ca_bundle_path: `${SERVER_PATHS.nestedRoot}/${SERVER_PATHS.rootFile}`,
          agent_path_template: UPSTREAM_AGENT_PATH_TEMPLATE,
        }),
      ];
}

function upstreamAuthority({ trust, upstream }: ServerConfigProps): Readonly<Record<string, Plugin>> {
  if (upstream !== undefined) {
    const { address, port } = upstream;
    const workload_api_socket = `${UPSTREAM_AGENT_PATHS.socketDirectory}/${UPSTREAM_AGENT_PATHS.socketFile}`;
    return {
      UpstreamAuthority: plugin('spire', { server_address: address, server_port: String(port), workload_api_socket }),
    };
  }
  if (trust.root === undefined) return {};
  return {
    // An intermediate signs, and the roots that peers were told about are what it must lead to.
    UpstreamAuthority: plugin('disk', {
      cert_file_path: `${SERVER_PATHS.upstream}/tls.crt`,
      key_file_path: `${SERVER_PATHS.upstream}/tls.key`,
      bundle_file_path: `${SERVER_PATHS.root}/${SERVER_PATHS.rootFile}`,
    }),
  };
}

/** Agents start from the bundle in a ConfigMap of their namespace, which the server itself writes. */
function bundleHandOver(spire: ResolvedSpire): Readonly<Record<string, Plugin>> {
  const { agentNamespace: namespace, features, attestation } = spire;
  return features.bundleHandOver === 'publisher'
    ? {
        BundlePublisher: plugin('k8s_configmap', {
          clusters: {
            [attestation.cluster]: {
              configmap_name: BUNDLE_CONFIG_MAP.name,
              configmap_key: BUNDLE_CONFIG_MAP.key,
              namespace,
              format: 'pem',
            },
          },
        }),
      }
    : {
        Notifier: plugin('k8sbundle', {
          config_map: BUNDLE_CONFIG_MAP.name,
          config_map_key: BUNDLE_CONFIG_MAP.key,
          namespace,
        }),
      };
}
