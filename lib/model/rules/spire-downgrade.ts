/** Finds downgrades of SPIRE that would change server and agents in the wrong order. */
import { lt, minor } from 'semver';
import { setting } from '../settings';
import { isSupportedSpire } from '../versions';
import { defineRule } from './rule';

export const spireDowngrade = defineRule({
  code: 'spire-downgrade',
  severity: 'warning',
  waivable: true,
  looksFor: 'a server of an earlier minor version than the last synthesis, whose agents were not lowered before it',
  why: 'agents must never be newer than their server; lowered together, the server may come first.',
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
