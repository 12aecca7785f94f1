/** Finds plugins that the SPIRE server of a cluster does not have yet. */
import { lt } from 'semver';
import type { PluginChoices, ServerPlugins } from '../../spire-plugins/server-plugins';
import { setting } from '../settings';
import { placeOfChoice } from '../spire/resolve-plugins';
import { defineRule } from './rule';

const FAMILIES = ['datastore', 'keyManager', 'upstreamAuthority'] as const satisfies readonly (keyof PluginChoices &
  keyof ServerPlugins)[];

export const pluginTooNew = defineRule({
  code: 'plugin-too-new',
  severity: 'error',
  looksFor: 'a plugin, or a setting of one, that came with a later version of SPIRE than that of the server',
  why: 'the server ends at its start, because it knows no such plugin, or ignores the setting.',
  source: 'spire CHANGELOG.md',
  example: { plugin: 'vault', since: '1.15.0', server: '1.14.5', serverAt: ['versions', 'spire'] },
  check: ({ written, clusters }, find) => {
    for (const [name, { plugins, spire }] of clusters) {
      for (const family of FAMILIES) {
        const since = plugins[family]?.since;
        if (since === undefined || !lt(spire.serverVersion, since)) continue;
        const place = placeOfChoice(written, name, family);
        find(place, {
          plugin: String(place.at(-1)),
          since,
          server: spire.serverVersion,
          serverAt: setting(written, name, 'versions', 'spire').place,
        });
      }
    }
  },
});
