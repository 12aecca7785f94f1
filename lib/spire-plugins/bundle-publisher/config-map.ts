/** A publisher that writes the trust bundle to a ConfigMap, in the cluster of the server or in another one. */
import * as z from 'zod';
import { serviceUrl } from '../../formats/cloud-formats';
import { secretKey } from '../../formats/database-formats';
import * as formats from '../../formats/formats';
import { text } from '../../formats/schema-kit';
import { urlEgress } from '../url-egress';
import { formatPlan, publisherSettings } from './bundle-format';
import { type BundlePublisherPlan, bundlePublisher } from './bundle-publisher';
import { CONFIG_MAP_VERBS, configMapPlan } from './config-map-plugin';

const DEFAULTS = { name: 'spire-bundle', key: 'bundle', kubeconfigKey: 'kubeconfig' } as const;

const settings = publisherSettings({
  namespace: text(formats.dnsLabel, 'Namespace of the ConfigMap. The server does not create it.', 'istio-system'),
  name: text(
    formats.objectName,
    `Name of the ConfigMap, which the server creates. Default: ${DEFAULTS.name}.`,
    DEFAULTS.name,
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

/** Oldest SPIRE server with the plugin. @see https://github.com/spiffe/spire/blob/v1.15.3/CHANGELOG.md, 1.12.4 */
const SINCE = '1.12.4';

/** @see https://github.com/spiffe/spire/blob/v1.15.3/doc/plugin_server_bundlepublisher_k8s_configmap.md */
export const configMap = bundlePublisher({
  key: 'configMap',
  about: 'A ConfigMap in another namespace, or in another cluster. A server can have several of these publishers.',
  settings,
  several: true,
  plan: (written, _server, publisher) => {
    const { namespace, name = DEFAULTS.name, key = DEFAULTS.key, kubeconfig } = written;
    const { configuration, since = SINCE } = formatPlan(written);
    const target: Target = {
      publisher,
      namespace,
      name,
      key,
      since,
      pluginData: { configmap_name: name, configmap_key: key, namespace, ...configuration },
    };
    return kubeconfig === undefined ? planHere(target) : planElsewhere(target, kubeconfig);
  },
});

interface Target {
  /** Name of the publisher in the fleet. */
  readonly publisher: string;
  readonly namespace: string;
  readonly name: string;
  /** Key of the ConfigMap that holds the bundle. */
  readonly key: string;
  /** Oldest SPIRE server with all that the settings ask for. */
  readonly since: string;
  /** What the plugin needs to know of the ConfigMap. */
  readonly pluginData: Readonly<Record<string, unknown>>;
}

/** A ConfigMap in the cluster of the server, written as the server's ServiceAccount. */
function planHere({ publisher, namespace, name, key, since, pluginData }: Target): BundlePublisherPlan {
  return {
    ...configMapPlan(entryOf(publisher), pluginData),
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
        what: `namespace \`${namespace}\`, in which nobody else writes the key \`${key}\` of the ConfigMap \`${namespace}/${name}\``,
        why: 'the SPIRE server publishes the trust bundle there; it does not take over a key that another program or `kubectl` has written',
      },
    ],
  };
}

/** A ConfigMap in another cluster, written as the user of a kubeconfig that the server mounts from a Secret. */
function planElsewhere(
  { publisher, namespace, name, since, pluginData }: Target,
  { secret, key = DEFAULTS.kubeconfigKey, server }: NonNullable<ConfigMapSettings['kubeconfig']>,
): BundlePublisherPlan {
  const volume = `publisher-${publisher}`;
  const folder = `/run/spire/${volume}`;
  return {
    ...configMapPlan(entryOf(publisher), { ...pluginData, kubeconfig_path: `${folder}/${key}` }),
    since,
    target: `${namespace}/${name} at ${server}`,
    volumes: [{ name: volume, secret }],
    mounts: [{ name: volume, path: folder }],
    secrets: [
      {
        name: secret,
        type: 'Opaque',
        keys: [key],
        holds: 'kubeconfig of another cluster',
        purpose: `kubeconfig for \`${server}\`, with a token or a client certificate in it: the image of the SPIRE server has no programs for \`exec\`. The server does not start without it, and reads it only at its start: restart the server after a change`,
      },
    ],
    egress: [urlEgress(`spire-server-${volume}`, server)],
    requirements: [
      {
        what: `at \`${server}\`: the namespace \`${namespace}\`, and a user who may ${CONFIG_MAP_VERBS.join(', ')} the ConfigMap \`${namespace}/${name}\``,
        why: 'the SPIRE server publishes the trust bundle there, as the user of the kubeconfig',
      },
    ],
  };
}

/** The plugin's key for a publisher. The agents' ConfigMap has the name of a cluster there, which cannot contain a slash. */
function entryOf(publisher: string): string {
  return `publisher/${publisher}`;
}
