/** Documents the rule against nesting a server under one that cannot sign for it. */
import { documentRule } from './rule';

export const nestedUpperUnfit = documentRule({
  code: 'nested-upper-unfit',
  severity: 'error',
  looksFor:
    'a cluster nested under one of another trust domain, under one that is nested itself, or under one without root or serverApi',
  why: 'the server above signs for its own trust domain only; the agent that asks it starts from the root, which must be known before the first contact, and dials serverApi.',
  source: 'spire doc/plugin_server_upstreamauthority_spire.md; pkg/server/plugin/upstreamauthority/spire/spire.go',
  example: { cluster: 'cluster2', upper: 'cluster1', lacks: 'serverApi', upperAt: ['clusters', 'cluster1'] },
});
