/** Checks that agents read the bootstrap bundle from where the server publishes it. */
import { SPIRE_AGENT } from '../model/names';
import { CONFIG_MAP_PLUGIN } from '../spire-plugins/bundle-publisher/catalog';
import type { OutputRule } from './output-rule';
import { agree, at, pluginOf, spireConfigurations } from './spire-configurations';

export const bootstrapBundleAgrees: OutputRule = {
  name: 'bootstrap-bundle-agrees',
  looksFor:
    'a ConfigMap, key or format of the bundle that differs between the server that writes it and the agents that read it',
  why: 'agents cannot verify their server, at once or after its next CA, and do not attest.',
  source: 'spire doc/plugin_server_bundlepublisher_k8s_configmap.md; doc/spire_agent.md trust_bundle_format',
  check: (objects, cluster, report) => {
    const all = spireConfigurations(objects, cluster);
    const pod = objects.podOf(SPIRE_AGENT.name);
    if (all === undefined || pod === undefined) return;
    const { trustBundle } = cluster.spire.agent;
    if (trustBundle !== undefined) {
      // Who publishes the bundle there is unknown; a format of another kind could not be read.
      for (const key of ['url', 'format'] as const) {
        const read = at(all.agent.content, 'agent', `trust_bundle_${key}`);
        agree(report, all.agent.placed, `${key} of the bundle`, [trustBundle[key], read]);
      }
      return;
    }
    const published = at(pluginOf(all.server, 'BundlePublisher', CONFIG_MAP_PLUGIN), 'clusters', cluster.name);
    const notified = pluginOf(all.server, 'Notifier', 'k8sbundle');
    const name = at(published, 'configmap_name') ?? at(notified, 'config_map');
    const key = at(published, 'configmap_key') ?? at(notified, 'config_map_key');
    const path = String(at(all.agent.content, 'agent', 'trust_bundle_path'));
    const volume = pod.spec.volumes?.find(({ configMap }) => configMap?.name === name);
    agree(report, pod, 'file of the bundle', [path, `${objects.mountPathOf(pod, volume?.name)}/${String(key)}`]);
    agree(report, all.agent.placed, 'namespace of the bundle', [
      cluster.spire.agentNamespace,
      at(published, 'namespace') ?? at(notified, 'namespace'),
    ]);
    // The notifier knows PEM only.
    agree(report, all.agent.placed, 'format of the bundle', [
      at(published, 'format') ?? 'pem',
      at(all.agent.content, 'agent', 'trust_bundle_format') ?? 'pem',
    ]);
  },
};
