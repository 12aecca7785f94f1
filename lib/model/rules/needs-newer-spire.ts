/** Finds settings and plugins that the SPIRE server or the agents of a cluster do not know yet. */
import { lt } from 'semver';
import type { Fleet } from '../../fleet/schema';
import type { FleetPath } from '../../problems/problem';
import type { ServerPlugins } from '../../spire-plugins/server-plugins';
import { agentSetting, serverSetting, setting, telemetrySetting } from '../settings';
import { placedPlugins } from '../spire/resolve-plugins';
import { defineRule } from './rule';

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
  looksFor: 'a setting or plugin that the version of the SPIRE server or of the agents does not have yet',
  why: 'server and agents refuse a configuration with a key or plugin that they do not know, and do not start. An unknown key below experimental has no effect.',
  source: "SPIRE's CHANGELOG, at the versions named in the messages",
  example: { what: 'jwtSvids: false', since: '1.14.0', of: 'server', got: '1.13.4', at: ['versions', 'spire'] },
  check: ({ written, clusters }, find) => {
    for (const [name, { spire, plugins }] of clusters) {
      const server = setting(written, name, 'versions', 'spire').place;
      for (const { what, since, place } of newcomersOf(written, name, plugins)) {
        if (!lt(spire.serverVersion, since)) continue;
        find(place, { what, since, of: 'server', got: spire.serverVersion, at: server });
      }
      const agents = setting(written, name, 'versions', 'agent');
      for (const { what, since, place } of newcomersOfAgents(written, name)) {
        if (!lt(spire.agentVersion, since)) continue;
        const at = agents.value === undefined ? server : agents.place;
        find(place, { what, since, of: 'agents', got: spire.agentVersion, at });
      }
    }
  },
});

function newcomersOfAgents(fleet: Fleet, cluster: string): readonly Newcomer[] {
  const cache = agentSetting(fleet, cluster, 'jwtSvidCacheSize');
  const rebootstrap = agentSetting(fleet, cluster, 'rebootstrap');
  const experimental = agentSetting(fleet, cluster, 'experimental');
  // Agents are never newer than the server, which needs this version as well.
  const label = telemetrySetting(fleet, cluster, 'trustDomainLabel');
  return [
    ...(label.value === true ? [{ what: 'trustDomainLabel', since: '1.11.2', place: label.place }] : []),
    ...(cache.value === undefined ? [] : [{ what: 'jwtSvidCacheSize', since: '1.11.1', place: cache.place }]),
    ...(rebootstrap.value === undefined ? [] : [{ what: 'rebootstrap', since: '1.13.0', place: rebootstrap.place }]),
    ...(experimental.value?.rateLimits === undefined
      ? []
      : [{ what: 'rateLimits', since: '1.15.2', place: [...experimental.place, 'rateLimits'] }]),
  ];
}

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
  return placedPlugins(fleet, cluster, plugins).flatMap(({ plan: { since }, place }) =>
    since === undefined ? [] : [{ what: String(place.at(-1)), since, place }],
  );
}
