/** Finds upgrades of SPIRE that skip a minor version. */
import { minor } from 'semver';
import { setting } from '../settings';
import { isSupportedSpire } from '../versions';
import { defineRule } from './rule';

export const spireVersionJump = defineRule({
  code: 'spire-version-jump',
  severity: 'error',
  waivable: true,
  looksFor: 'a SPIRE server more than one minor version above the last synthesis',
  why: 'each minor version migrates the datastore of the one before, and a server does not support agents more than one minor version older.',
  source: 'spire doc/upgrading.md',
  example: { component: 'SPIRE', from: '1.13.3', to: '1.15.3', via: 'a 1.14 version' },
  check: ({ written, clusters, previous }, find) => {
    for (const [name, { spire }] of clusters) {
      const from = previous?.[name]?.spire;
      if (from === undefined || !isSupportedSpire(spire.serverVersion)) continue;
      if (minor(spire.serverVersion) - minor(from) <= 1) continue;
      const via = `a 1.${minor(from) + 1} version`;
      const { place } = setting(written, name, 'versions', 'spire');
      find(place, { component: 'SPIRE', from, to: spire.serverVersion, via });
    }
  },
});
