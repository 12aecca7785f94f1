/** Finds clusters that vanished from the fleet. */
import { defineRule } from './rule';

export const clusterRemoved = defineRule({
  code: 'cluster-removed',
  severity: 'warning',
  waivable: true,
  looksFor: 'a cluster that the last synthesis knew and others federated with, and that the fleet no longer names',
  why: 'its folder is removed from the output, but what runs in the cluster stays. Its peers keep its bundle, so they still accept its SVIDs.',
  source: 'spire pkg/server/datastore/sqlstore/sqlstore.go deleteFederationRelationship',
  example: { cluster: 'cluster2', trustDomain: 'cluster2.demo' },
  check: ({ clusters, previous }, find) => {
    for (const [cluster, { trustDomain, peers }] of Object.entries(previous ?? {}).sort()) {
      if (clusters.has(cluster) || Object.keys(peers).length === 0) continue;
      find(['clusters'], { cluster, trustDomain }, { atKey: true });
    }
  },
});
