/** The SPIRE plugin that writes the trust bundle to ConfigMaps: to those a fleet lists, and to the one the agents read. */
import type { PluginPlan } from '../plugin';

/** Name of the plugin in the configuration of SPIRE. */
export const CONFIG_MAP_PLUGIN = 'k8s_configmap';

/**
 * What the server may do with a ConfigMap. The plugin uses server-side apply. Kubernetes checks `create` too where the ConfigMap
 * does not exist yet, and knows its name then, so a rule with `resourceNames` is enough.
 * @see spire pkg/server/plugin/bundlepublisher/k8sconfigmap/client.go ApplyConfigMap
 */
export const CONFIG_MAP_VERBS = ['create', 'get', 'patch'] as const;

/**
 * @param entry key of the ConfigMap in the plugin's map `clusters`; SPIRE shows it in its logs
 * @param configMap the value at that key
 */
export function configMapPlan(entry: string, configMap: Readonly<Record<string, unknown>>): PluginPlan {
  return { plugin: CONFIG_MAP_PLUGIN, configuration: { clusters: { [entry]: configMap } } };
}

/** The ConfigMap with which the agents of the server's cluster verify the server when they start. */
export interface AgentBundle {
  /** Name of the server's cluster. */
  readonly cluster: string;
  readonly namespace: string;
  readonly name: string;
  /** Key of the ConfigMap that holds the bundle. */
  readonly key: string;
}

/** Publishes the CA certificates of the trust domain, as PEM, for the agents. */
export function agentBundlePublisher({ cluster, namespace, name, key }: AgentBundle): PluginPlan {
  return configMapPlan(cluster, { configmap_name: name, configmap_key: key, namespace, format: 'pem' });
}
