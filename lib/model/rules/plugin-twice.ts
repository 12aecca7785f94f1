/** Finds plugins of which SPIRE loads one, and which a server has twice. */
import type { Fleet } from '../../fleet/schema';
import type { FleetPath } from '../../problems/problem';
import { BUNDLE_PUBLISHERS, CONFIG_MAP_PLUGIN } from '../../spire-plugins/bundle-publisher/catalog';
import type { ServerPlugins } from '../../spire-plugins/server-plugins';
import { placedOthers, placedPublishers } from '../spire/resolve-plugins';
import type { SpireFeatures } from '../versions';
import { defineRule } from './rule';

const SEVERAL = new Set(BUNDLE_PUBLISHERS.filter(({ several }) => several).map(({ key }) => key));

export const pluginTwice = defineRule({
  code: 'plugin-twice',
  severity: 'error',
  looksFor: 'a plugin of the SPIRE server that a fleet chooses twice, or names although the server has it already',
  why: 'the server does not start: it loads one plugin of each type and name.',
  source: 'spire pkg/common/catalog/config.go determinePluginOrder',
  example: {
    plugin: String(BUNDLE_PUBLISHERS[0]?.key),
    first: ['clusters', 'cluster1', 'spire', 'server', 'bundlePublishers', 'website'],
  },
  check: ({ written, clusters }, find) => {
    for (const [name, { plugins, spire }] of clusters) {
      const taken = new Map<string, FleetPath | undefined>(
        ownPlugins(plugins, spire.features).map((id) => [id, undefined]),
      );
      for (const { id, plugin, place } of chosenPlugins(written, name, plugins)) {
        if (taken.has(id)) find(place, { plugin, first: taken.get(id) }, { atKey: typeof place.at(-1) === 'string' });
        else taken.set(id, place);
      }
    }
  },
});

/** Type and name of the plugins that every server has, or that follow from other keys. */
function ownPlugins({ nodeAttestors }: ServerPlugins, { bundleHandOver }: SpireFeatures): readonly string[] {
  return [
    ...nodeAttestors.map(({ plugin }) => `NodeAttestor ${plugin}`),
    `BundlePublisher ${CONFIG_MAP_PLUGIN}`,
    ...(bundleHandOver === 'notifier' ? ['Notifier k8sbundle'] : []),
  ];
}

function chosenPlugins(fleet: Fleet, cluster: string, plugins: ServerPlugins) {
  return [
    ...placedPublishers(fleet, cluster, plugins)
      .filter(({ place }) => !SEVERAL.has(String(place.at(-1))))
      .map(({ plan, place }) => ({ id: `BundlePublisher ${plan.plugin}`, plugin: String(place.at(-1)), place })),
    ...placedOthers(fleet, cluster, plugins).map(({ plan, place }) => ({
      id: `${plan.type} ${plan.plugin}`,
      plugin: plan.plugin,
      place,
    })),
  ];
}
