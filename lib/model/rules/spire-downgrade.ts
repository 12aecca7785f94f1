/** Finds downgrades of SPIRE that would change server and agents in the wrong order. */
import { lt, minor } from 'semver';
import { setting } from '../settings';
import { isSupportedSpire } from '../versions';
import { defineRule } from './rule';

export const spireDowngrade = defineRule({
  code: 'spire-downgrade',
  severity: 'warning',
  waivable: true,
  looksFor: 'a server of an earlier minor version than the last synthesis, while its agents are newer than that',
  why: 'an agent must not be newer than its server. If both are lowered in one step, the server may restart before its agents. Lower the agents first.',
  source: 'spire doc/upgrading.md',
  example: { from: '1.15.3', to: '1.14.6' },
  check: ({ written, clusters, previous }, find) => {
    for (const [name, { spire }] of clusters) {
      const before = previous?.[name];
      if (before === undefined || !isSupportedSpire(spire.serverVersion)) continue;
      if (minor(spire.serverVersion) >= minor(before.spire)) continue;
      if (!lt(spire.serverVersion, before.agent)) continue;
      find(setting(written, name, 'versions', 'spire').place, { from: before.spire, to: spire.serverVersion });
    }
  },
});
