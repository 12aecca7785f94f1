/** Finds agents whose version is not compatible with that of their server. */
import { setting } from '../settings';
import { agentSkew, isSupportedSpire } from '../versions';
import { defineRule } from './rule';

export const versionSkew = defineRule({
  code: 'version-skew',
  severity: 'error',
  looksFor: 'an agent newer than its server, or more than one minor version older',
  why: 'SPIRE does not support such a pair. Servers are upgraded first, and at most one minor version ahead of their agents.',
  source: 'spire doc/upgrading.md',
  example: { agent: '1.15.3', server: '1.14.6', rule: 'newer' },
  check: ({ written, clusters }, find) => {
    for (const [name, { spire }] of clusters) {
      const { serverVersion: server, agentVersion: agent } = spire;
      if (!isSupportedSpire(server) || !isSupportedSpire(agent)) continue;
      const rule = agentSkew(server, agent);
      if (rule !== undefined) find(setting(written, name, 'versions', 'agent').place, { agent, server, rule });
    }
  },
});
