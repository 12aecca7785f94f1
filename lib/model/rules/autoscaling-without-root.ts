/** Finds federated servers of which new ones start at any time, each with a CA of its own. */
import { serverSetting } from '../settings';
import { defineRule } from './rule';

export const autoscalingWithoutRoot = defineRule({
  code: 'autoscaling-without-root',
  severity: 'error',
  waivable: true,
  looksFor: 'a federated trust domain without a root whose servers are autoscaled',
  why: 'a new server makes a CA and signs with it at once. Peers learn it with their next poll of the bundle, minutes later, and refuse its SVIDs until then.',
  source: 'spire pkg/server/ca/manager/manager.go prepareX509CA; doc/scaling_spire.md',
  example: { cluster: 'cluster1' },
  check: ({ written, clusters, graph }, find) => {
    for (const [name, { spire, plugins }] of clusters) {
      const isFederated = graph.trustedBy(name).length > 0;
      if (spire.server.autoscaling === undefined || plugins.upstreamAuthority !== undefined || !isFederated) continue;
      find(serverSetting(written, name, 'autoscaling').place, { cluster: name });
    }
  },
});
