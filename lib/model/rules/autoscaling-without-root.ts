/** Finds autoscaled servers of federated trust domains that each sign with a CA of their own. */
import { defaultRootFile } from '../../fleet/defaults';
import { DEFAULT_UPSTREAM_AUTHORITY } from '../../spire-plugins/upstream-authority/catalog';
import { serverSetting } from '../settings';
import { signsWithOwnCa } from '../trust/own-ca';
import { defineRule } from './rule';

export const autoscalingWithoutRoot = defineRule({
  code: 'autoscaling-without-root',
  severity: 'error',
  waivable: true,
  looksFor: 'a federated trust domain without a root whose servers are autoscaled',
  why: 'a new server makes a CA and signs with it at once. Peers learn it with their next poll of the bundle, minutes later, and refuse its SVIDs until then.',
  source: 'spire pkg/server/ca/manager/manager.go prepareX509CA; doc/scaling_spire.md',
  example: {
    cluster: 'cluster1',
    rootFile: defaultRootFile('cluster1.demo'),
    authority: DEFAULT_UPSTREAM_AUTHORITY.key,
  },
  check: ({ written, clusters, graph }, find) => {
    for (const [name, { written: cluster, spire, plugins }] of clusters) {
      const isFederated = graph.trustedBy(name).length > 0;
      if (spire.server.autoscaling === undefined || !isFederated || !signsWithOwnCa(written, name, plugins)) continue;
      find(serverSetting(written, name, 'autoscaling').place, {
        cluster: name,
        rootFile: defaultRootFile(cluster.trustDomain),
        authority: DEFAULT_UPSTREAM_AUTHORITY.key,
      });
    }
  },
});
