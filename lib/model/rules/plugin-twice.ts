/** Finds plugins of which SPIRE loads one, and which a server has twice. */
import type { Fleet } from '../../fleet/schema';
import type { FleetPath } from '../../problems/problem';
import { BUNDLE_PUBLISHERS, CONFIG_MAP_PLUGIN } from '../../spire-plugins/bundle-publisher/catalog';
import type { ServerPlugins } from '../../spire-plugins/server-plugins';
import { ownWorkloadAttestors, placedAgentPlugins } from '../spire/placed-agent-plugins';
import { type PlacedOther, placedOthers, placedPublishers } from '../spire/resolve-plugins';
import type { SpireFeatures } from '../versions';
import { defineRule } from './rule';

const SEVERAL = new Set(BUNDLE_PUBLISHERS.filter(({ several }) => several).map(({ key }) => key));

export const pluginTwice = defineRule({
  code: 'plugin-twice',
  severity: 'error',
  looksFor:
    'a plugin of the SPIRE server or of the agents that a fleet chooses twice, or names although they have it already',
  why: 'SPIRE does not start: it loads one plugin of each type and name.',
  source: 'spire pkg/common/catalog/config.go determinePluginOrder',
  example: {
    program: 'server',
    plugin: String(BUNDLE_PUBLISHERS[0]?.key),
    first: ['clusters', 'cluster1', 'spire', 'server', 'bundlePublishers', 'website'],
  },
  check: ({ written, clusters }, find) => {
    for (const [name, { plugins, spire }] of clusters) {
      const ofServer = new Map(ownPlugins(plugins, spire.features).map((id) => [id, undefined]));
      const ofAgents = placedAgentPlugins(written, name, spire).map(namedPlugin);
      const found = [
        ...repeated('server', ofServer, chosenPlugins(written, name, plugins)),
        ...repeated('agent', ownWorkloadAttestors(written, name), ofAgents),
      ];
      for (const { place, ...facts } of found) find(place, facts, { atKey: typeof place.at(-1) === 'string' });
    }
  },
});

interface ChosenPlugin {
  /** Type and name in SPIRE. */
  readonly id: string;
  /** As the fleet names it. */
  readonly plugin: string;
  readonly place: FleetPath;
}

/** @param own type and name of plugins that the program has already, and where the fleet chooses them */
function repeated(
  program: 'server' | 'agent',
  own: ReadonlyMap<string, FleetPath | undefined>,
  chosen: readonly ChosenPlugin[],
) {
  const taken = new Map(own);
  return chosen.flatMap(({ id, plugin, place }) => {
    if (taken.has(id)) return [{ program, plugin, first: taken.get(id), place }];
    taken.set(id, place);
    return [];
  });
}

function namedPlugin({ plan, place }: PlacedOther): ChosenPlugin {
  return { id: `${plan.type} ${plan.plugin}`, plugin: plan.plugin, place };
}

/** Type and name of the plugins that every server has, or that follow from other keys. */
function ownPlugins({ nodeAttestors }: ServerPlugins, { bundleHandOver }: SpireFeatures): readonly string[] {
  return [
    ...nodeAttestors.map(({ plugin }) => `NodeAttestor ${plugin}`),
    `BundlePublisher ${CONFIG_MAP_PLUGIN}`,
    ...(bundleHandOver === 'notifier' ? ['Notifier k8sbundle'] : []),
  ];
}

function chosenPlugins(fleet: Fleet, cluster: string, plugins: ServerPlugins): readonly ChosenPlugin[] {
  return [
    ...placedPublishers(fleet, cluster, plugins)
      .filter(({ place }) => !SEVERAL.has(String(place.at(-1))))
      .map(({ plan, place }) => ({ id: `BundlePublisher ${plan.plugin}`, plugin: String(place.at(-1)), place })),
    ...placedOthers(fleet, cluster, plugins).map(namedPlugin),
  ];
}
