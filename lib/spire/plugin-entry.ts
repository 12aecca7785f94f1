/** Plugins as server.conf and agent.conf have them. */
import { renderJson } from '../model/configuration';
import type { NamedPluginPlan } from '../spire-plugins/by-name/plan';
import type { PluginPlan, PluginVariable } from '../spire-plugins/plugin';
import { writtenPluginData } from '../spire-plugins/plugin-data';

/** A plugin as SPIRE's catalog reads it from JSON: a list of one-key maps. */
type PluginEntry = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export type ConfiguredPlugin = Pick<PluginPlan, 'plugin' | 'configuration' | 'program'>;

export const pluginEntry = ({ plugin, configuration, program }: ConfiguredPlugin): PluginEntry => ({
  [plugin]: {
    plugin_cmd: program?.command,
    plugin_args: program?.args,
    plugin_checksum: program?.checksum,
    plugin_data: writtenPluginData(configuration),
  },
});

/** Those of each type, with those that a fleet adds by name behind. An empty list would be a plugin without a name. */
export function pluginLists(
  own: Readonly<Record<string, readonly ConfiguredPlugin[]>>,
  others: readonly NamedPluginPlan[],
): Readonly<Record<string, readonly PluginEntry[] | undefined>> {
  return Object.fromEntries(
    Object.entries(own).map(([type, plans]) => {
      const all = [...plans, ...others.filter((other) => other.type === type)];
      return [type, all.length === 0 ? undefined : all.map(pluginEntry)];
    }),
  );
}

/**
 * The configuration in JSON. SPIRE replaces `$NAME` in the whole text if it replaces anything, so every other dollar sign
 * is doubled.
 */
export function renderWithVariables(variables: readonly PluginVariable[], configuration: object): string {
  const text = renderJson(configuration);
  const names = variables.filter(({ inConfiguration }) => inConfiguration).map(({ name }) => name);
  return names.length === 0 ? text : text.replaceAll(new RegExp(`\\$(?!(?:${names.join('|')})\\b)`, 'g'), '$$$$');
}
