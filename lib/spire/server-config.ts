/** Translates a cluster's decisions into the server.conf of its SPIRE server. */

import { goDuration } from '../formats/duration';
import { BUNDLE_CONFIG_MAP, SPIRE_SERVER } from '../model/names';
import type { ResolvedBundleEndpoint, ResolvedCluster } from '../model/resolved-fleet';
import { METRICS } from '../model/spire/metrics-endpoints';
import type { ResolvedServerSettings } from '../model/spire/resolved-spire';
import { agentBundlePublisher } from '../spire-plugins/bundle-publisher/catalog';
import { onePerPlugin } from '../spire-plugins/bundle-publisher/one-per-plugin';
import type { PluginPlan } from '../spire-plugins/plugin';
import { SERVER_FOLDER } from '../spire-plugins/pod-paths';
import { environmentOf } from '../spire-plugins/server-plugins';
import { type ConfiguredPlugin, pluginEntry, pluginLists, renderWithVariables } from './plugin-entry';
import { telemetryConfig } from './telemetry-config';

export type ServerConfigProps = Pick<ResolvedCluster, 'name' | 'trustDomain' | 'spire' | 'plugins' | 'bundleEndpoint'>;

/** Where the server's pod has its files. */
export const SERVER_PATHS = {
  data: SERVER_FOLDER,
  config: '/etc/spire/server',
  configFile: 'server.conf',
  socketDirectory: '/tmp/spire-server/private',
  socketFile: 'api.sock',
  webCertificate: '/run/spire/web',
} as const;

/** server.conf in JSON. @see https://github.com/spiffe/spire/blob/v1.15.3/doc/spire_server.md */
export function renderServerConfig(props: ServerConfigProps): string {
  const { spire } = props;
  const { datastore, keyManager, nodeAttestors, upstreamAuthority, others } = props.plugins;
  return renderWithVariables(environmentOf(props.plugins), {
    server: {
      trust_domain: props.trustDomain,
      bind_address: '0.0.0.0',
      bind_port: String(SPIRE_SERVER.apiPort),
      socket_path: `${SERVER_PATHS.socketDirectory}/${SERVER_PATHS.socketFile}`,
      data_dir: SERVER_PATHS.data,
      ...serverSettings(props),
      ca_ttl: goDuration(spire.caTtl),
      default_x509_svid_ttl: goDuration(spire.x509SvidTtl),
      default_jwt_svid_ttl: goDuration(spire.jwtSvidTtl),
      ...(props.bundleEndpoint && { federation: { bundle_endpoint: bundleEndpoint(props.bundleEndpoint) } }),
    },
    plugins: {
      DataStore: [pluginEntry(datastore)],
      KeyManager: [pluginEntry(keyManager)],
      UpstreamAuthority: upstreamAuthority && [pluginEntry(upstreamAuthority)],
      ...pluginLists(
        {
          NodeAttestor: nodeAttestors,
          BundlePublisher: publishersOf(props),
          Notifier: notifiersOf(props),
          CredentialComposer: [],
        },
        others,
      ),
    },
    telemetry: telemetryConfig(spire.telemetry, METRICS.server, 'server'),
    health_checks: {
      listener_enabled: true,
      bind_address: '0.0.0.0',
      bind_port: String(SPIRE_SERVER.healthPort),
      live_path: '/live',
      ready_path: '/ready',
    },
  });
}

function serverSettings({ spire, trustDomain }: ServerConfigProps): Readonly<Record<string, unknown>> {
  const { server } = spire;
  const { country, organization, commonName = trustDomain } = server.caSubject;
  const text = server.logFormat === 'text';
  return {
    log_level: server.logLevel,
    log_format: text ? undefined : server.logFormat,
    ca_subject: [{ country: [country], organization: [organization], common_name: commonName }],
    ca_key_type: server.caKeyType,
    jwt_key_type: server.jwtKeyType,
    jwt_issuer: server.jwtIssuer,
    disable_jwt_svids: server.jwtSvids ? undefined : true,
    agent_ttl: written(server.agentTtl),
    audit_log_enabled: server.auditLog,
    admin_ids: server.adminIds,
    ratelimit: server.rateLimits,
    // Each node that ever was leaves a row in the datastore otherwise (spiffe/spire#5938).
    prune_attested_nodes_expired_for: written(server.forgetAgentsAfter),
    experimental: experimentalSettings(server),
  };
}

function experimentalSettings({ experimental }: ResolvedServerSettings): Readonly<Record<string, unknown>> | undefined {
  return (
    experimental && {
      cache_reload_interval: written(experimental.cacheReloadInterval),
      events_based_cache: experimental.eventsBasedCache,
      full_cache_reload_interval: written(experimental.fullCacheReloadInterval),
      prune_events_older_than: written(experimental.pruneEventsOlderThan),
      require_pq_kem: experimental.requirePostQuantumKeyExchange,
    }
  );
}

/** @param duration in seconds */
function written(duration: number | undefined): string | undefined {
  return duration === undefined ? undefined : goDuration(duration);
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

/** Agents start from the bundle in a ConfigMap of their namespace, which the server itself writes. */
function publishersOf({ name: cluster, spire, plugins }: ServerConfigProps): readonly PluginPlan[] {
  const agents = { cluster, namespace: spire.agentNamespace, ...BUNDLE_CONFIG_MAP };
  return onePerPlugin([
    ...(spire.features.bundleHandOver === 'publisher' ? [agentBundlePublisher(agents)] : []),
    ...Object.values(plugins.bundlePublishers),
  ]);
}

/** Older servers write the ConfigMap of the agents by a notifier. */
function notifiersOf({ spire }: ServerConfigProps): readonly ConfiguredPlugin[] {
  if (spire.features.bundleHandOver !== 'notifier') return [];
  const { name, key } = BUNDLE_CONFIG_MAP;
  return [
    {
      plugin: 'k8sbundle',
      configuration: { config_map: name, config_map_key: key, namespace: spire.agentNamespace },
    },
  ];
}
