/** Finds plugins of which SPIRE loads one, and which a fleet has twice. */
import type { FleetPath } from '../../problems/problem';
import { BUNDLE_PUBLISHERS } from '../../spire-plugins/bundle-publisher/catalog';
import { placedPublishers } from '../spire/resolve-plugins';
import { defineRule } from './rule';

const SEVERAL = new Set(BUNDLE_PUBLISHERS.filter(({ several }) => several).map(({ key }) => key));

export const pluginTwice = defineRule({
  code: 'plugin-twice',
  severity: 'error',
  looksFor: 'a plugin of the SPIRE server that a fleet chooses twice',
  why: 'the server does not start: it loads one plugin of each type and name.',
  source: 'spire pkg/common/catalog/config.go determinePluginOrder',
  example: {
    plugin: String(BUNDLE_PUBLISHERS[0]?.key),
    first: ['clusters', 'cluster1', 'spire', 'server', 'bundlePublishers', 'website'],
  },
  check: ({ written, clusters }, find) => {
    for (const [name, { plugins }] of clusters) {
      const taken = new Map<string, FleetPath>();
      for (const { plan, place } of placedPublishers(written, name, plugins)) {
        const plugin = String(place.at(-1));
        if (SEVERAL.has(plugin)) continue;
        const first = taken.get(plan.plugin);
        if (first === undefined) taken.set(plan.plugin, place);
        else find(place, { plugin, first }, { atKey: true });
      }
    }
  },
});
