/** Finds settings and plugins that the SPIRE server of a cluster does not know yet. */
import { lt } from 'semver';
import type { Fleet } from '../../fleet/schema';
import type { FleetPath } from '../../problems/problem';
import type { PluginChoices, ServerPlugins } from '../../spire-plugins/server-plugins';
import { serverSetting, setting } from '../settings';
import { placeOfChoice } from '../spire/resolve-plugins';
import { defineRule } from './rule';

const FAMILIES = ['datastore', 'keyManager', 'upstreamAuthority'] as const satisfies readonly (keyof PluginChoices &
  keyof ServerPlugins)[];

/** A part of a cluster that needs a version of SPIRE. */
interface Newcomer {
  readonly what: string;
  /** The first version that has it. */
  readonly since: string;
  readonly place: FleetPath;
}

export const needsNewerSpire = defineRule({
  code: 'needs-newer-spire',
  severity: 'error',
  looksFor: 'a setting or plugin that the version of the SPIRE server does not have yet',
  why: 'the server refuses a configuration with a key or plugin that it does not know, and does not start.',
  source: "SPIRE's CHANGELOG, at the versions named in the messages",
  example: { what: 'jwtSvids: false', since: '1.14.0', server: '1.13.4', serverAt: ['versions', 'spire'] },
  check: ({ written, clusters }, find) => {
    for (const [name, { spire, plugins }] of clusters) {
      for (const { what, since, place } of newcomersOf(written, name, plugins)) {
        if (!lt(spire.serverVersion, since)) continue;
        const serverAt = setting(written, name, 'versions', 'spire').place;
        find(place, { what, since, server: spire.serverVersion, serverAt });
      }
    }
  },
});

function newcomersOf(fleet: Fleet, cluster: string, plugins: ServerPlugins): readonly Newcomer[] {
  const jwtSvids = serverSetting(fleet, cluster, 'jwtSvids');
  const forget = serverSetting(fleet, cluster, 'forgetAgentsAfter');
  const experimental = serverSetting(fleet, cluster, 'experimental');
  return [
    ...(jwtSvids.value === false ? [{ what: 'jwtSvids: false', since: '1.14.0', place: jwtSvids.place }] : []),
    ...(forget.value === undefined ? [] : [{ what: 'forgetAgentsAfter', since: '1.13.0', place: forget.place }]),
    ...(experimental.value?.fullCacheReloadInterval === undefined
      ? []
      : [{ what: 'fullCacheReloadInterval', since: '1.13.0', place: experimental.place }]),
    ...newPlugins(fleet, cluster, plugins),
  ];
}

function newPlugins(fleet: Fleet, cluster: string, plugins: ServerPlugins): readonly Newcomer[] {
  return FAMILIES.flatMap((family) => {
    const since = plugins[family]?.since;
    const place = placeOfChoice(fleet, cluster, family);
    return since === undefined ? [] : [{ what: String(place.at(-1)), since, place }];
  });
}
