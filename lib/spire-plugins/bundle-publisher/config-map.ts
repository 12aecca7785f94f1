/** A ConfigMap, in the cluster of the server or in another one. Agents start from such a ConfigMap. */
import * as z from 'zod';
import { serviceUrl } from '../../formats/cloud-formats';
import { secretKey } from '../../formats/database-formats';
import * as formats from '../../formats/formats';
import { text } from '../../formats/schema-kit';
import type { PluginPlan } from '../plugin';
import { urlEgress } from '../url-egress';
import { formatPlan, publisherSettings } from './bundle-format';
import { type BundlePublisherPlan, bundlePublisher } from './bundle-publisher';

const PLUGIN = 'k8s_configmap';

const DEFAULTS = { name: 'spire-bundle', key: 'bundle', kubeconfigKey: 'kubeconfig' } as const;

const settings = publisherSettings({
  namespace: text(formats.dnsLabel, 'Namespace of the ConfigMap. The server does not create it.', 'istio-system'),
  name: text(
    formats.objectName,
    `Name of the ConfigMap, which the server creates. Default: ${DEFAULTS.name}.`,
    'spire-bundle',
  )
    .optional()
    .meta({ default: DEFAULTS.name }),
  key: text(secretKey, `Key of the ConfigMap that holds the bundle. Default: ${DEFAULTS.key}.`, 'bundle.json')
    .optional()
    .meta({ default: DEFAULTS.key }),
  kubeconfig: z
    .strictObject({
      secret: text(formats.objectName, 'Secret of type Opaque in the namespace of the server.', 'west-kubeconfig'),
      key: text(secretKey, `Key of the Secret with the kubeconfig. Default: ${DEFAULTS.kubeconfigKey}.`, 'config')
        .optional()
        .meta({ default: DEFAULTS.kubeconfigKey }),
      server: text(
        serviceUrl,
        'URL of the API server, as the kubeconfig has it. A NetworkPolicy allows the connection.',
        'https://api.west.example.org:6443',
      ),
    })
    .optional()
    .describe('Another cluster, in which the server writes the ConfigMap. Default: the cluster of the server.'),
});

export type ConfigMapSettings = z.input<typeof settings>;

/**
 * A server-side apply that creates is authorized as "create" under the name it applies.
 * @see spire pkg/server/plugin/bundlepublisher/k8sconfigmap/client.go
 */
export const CONFIG_MAP_VERBS = ['create', 'get', 'patch'] as const;

/** @see https://github.com/spiffe/spire/blob/v1.15.3/doc/plugin_server_bundlepublisher_k8s_configmap.md */
export const configMap = bundlePublisher({
  key: 'configMap',
  about: 'A ConfigMap in another namespace, or in another cluster. A server can have several of these publishers.',
  settings,
  several: true,
  plan: (written, _, publisher): BundlePublisherPlan => {
    const { namespace, name = DEFAULTS.name, key = DEFAULTS.key, kubeconfig } = written;
    const { configuration, since = '1.12.4' } = formatPlan(written);
    const cluster = { configmap_name: name, configmap_key: key, namespace, ...configuration };
    const place = `ConfigMap \`${namespace}/${name}\``;
    if (kubeconfig === undefined) {
      return {
        ...planOf(entryOf(publisher), cluster),
        since,
        target: `${namespace}/${name}`,
        permissions: {
          namespaces: {
            [namespace]: [
              { apiGroups: [''], resources: ['configmaps'], resourceNames: [name], verbs: [...CONFIG_MAP_VERBS] },
            ],
          },
        },
        requirements: [
          {
            what: `namespace \`${namespace}\`, in which nobody else writes the key \`${key}\` of the ${place}`,
            why: 'the SPIRE server publishes the trust bundle there; it does not take over a key that another program or `kubectl` has written',
          },
        ],
      };
    }
    const { secret, key: secretKeyName = DEFAULTS.kubeconfigKey, server } = kubeconfig;
    const volume = `publisher-${publisher}`;
    const folder = `/run/spire/${volume}`;
    return {
      ...planOf(entryOf(publisher), { ...cluster, kubeconfig_path: `${folder}/${secretKeyName}` }),
      since,
      target: `${namespace}/${name} at ${server}`,
      volumes: [{ name: volume, secret }],
      mounts: [{ name: volume, path: folder }],
      secrets: [
        {
          name: secret,
          type: 'Opaque',
          keys: [secretKeyName],
          holds: 'kubeconfig of another cluster',
          purpose: `kubeconfig for \`${server}\`, with a token or a client certificate in it: the image of the SPIRE server has no programs for \`exec\`. The server does not start without it, and reads it only at its start: restart the server after a change`,
        },
      ],
      egress: [urlEgress(`spire-server-${volume}`, server)],
      requirements: [
        {
          what: `at \`${server}\`: the namespace \`${namespace}\`, and a user who may ${CONFIG_MAP_VERBS.join(', ')} the ${place}`,
          why: 'the SPIRE server publishes the trust bundle there, as the user of the kubeconfig',
        },
      ],
    };
  },
});

/** The ConfigMap from which the agents of the server's cluster start. */
export interface AgentBundle {
  /** Name of the server's cluster. */
  readonly cluster: string;
  readonly namespace: string;
  readonly name: string;
  readonly key: string;
}

/** Publishes the certificates that agents verify their server with. */
export function agentBundlePublisher({ cluster, namespace, name, key }: AgentBundle): PluginPlan {
  return planOf(cluster, { configmap_name: name, configmap_key: key, namespace, format: 'pem' });
}

/** The `plugin_data` of this plugin for the ConfigMap of the agents. */
export const AGENT_BUNDLE_PLUGIN = PLUGIN;

function planOf(entry: string, cluster: Readonly<Record<string, unknown>>): PluginPlan {
  return { plugin: PLUGIN, configuration: { clusters: { [entry]: cluster } } };
}

/** The key of a publisher in the plugin's map. The name of a cluster has no slash, so it differs from that of the agents' ConfigMap. */
function entryOf(publisher: string): string {
  return `publisher/${publisher}`;
}
