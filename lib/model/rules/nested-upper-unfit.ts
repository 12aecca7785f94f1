/** Finds clusters that are nested under one that cannot sign for them. */
import type { Fleet } from '../../fleet/schema';
import type { ProblemFacts } from '../../problems/problem';
import type { ClusterDraft } from '../fleet-draft';
import { trustMaterialOf } from '../trust/trust-material';
import { defineRule } from './rule';

export const nestedUpperUnfit = defineRule({
  code: 'nested-upper-unfit',
  severity: 'error',
  looksFor:
    'a cluster nested under one of another trust domain, under one that is nested itself, under one without root or serverApi, or under one whose CA must not sign CAs',
  why: 'the server above signs for its own trust domain only. The agent beside the nested server reaches it at serverApi, and verifies it with the root at the first contact. SVIDs below a nested CA do not verify if the CA above it has the path length 0.',
  source:
    'spire doc/plugin_server_upstreamauthority_spire.md; pkg/server/plugin/upstreamauthority/spire/spire.go, gcpcas/gcpcas.go mintX509CA',
  example: { cluster: 'cluster2', upper: 'cluster1', lacks: 'serverApi', upperAt: ['clusters', 'cluster1'] },
  check: ({ written: fleet, clusters }, find) => {
    for (const [cluster, { written }] of clusters) {
      const upper = written.nestedUnder;
      const above = upper === undefined ? undefined : clusters.get(upper);
      const lacks = upper === undefined ? undefined : (lackOf(fleet, cluster, upper) ?? signingLackOf(above));
      if (upper === undefined || lacks === undefined) continue;
      find(['clusters', cluster, 'nestedUnder'], { cluster, upper, lacks, upperAt: ['clusters', upper] });
    }
  },
});

/** What the cluster above lacks; undefined if it lacks nothing, or does not exist, which is reported already. */
function lackOf(fleet: Fleet, name: string, upper: string): ProblemFacts['nested-upper-unfit']['lacks'] | undefined {
  const above = Object.hasOwn(fleet.clusters, upper) ? fleet.clusters[upper] : undefined;
  if (above === undefined) return undefined;
  if (upper === name || above.nestedUnder !== undefined) return 'a trust domain of its own';
  if (above.trustDomain !== fleet.clusters[name]?.trustDomain) return 'the same trust domain';
  if (trustMaterialOf(fleet, upper) === undefined) return 'a root';
  return above.serverApi === undefined ? 'serverApi' : undefined;
}

function signingLackOf(above: ClusterDraft | undefined): 'a CA that may sign CAs' | undefined {
  return above?.plugins.upstreamAuthority?.pathLength === 0 ? 'a CA that may sign CAs' : undefined;
}
