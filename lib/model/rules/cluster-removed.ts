/** Finds clusters that vanished from the fleet. */
import { defineRule } from './rule';

export const clusterRemoved = defineRule({
  code: 'cluster-removed',
  severity: 'warning',
  waivable: true,
  looksFor: 'a cluster that the last synthesis knew and that others federated with',
  why: 'its folder goes, what runs there stays; and its peers keep its bundle, so that its SVIDs are still believed.',
  source: 'spire pkg/server/datastore/sqlstore/sqlstore.go deleteFederationRelationship',
  example: { cluster: 'cluster2', trustDomain: 'cluster2.demo' },
  check: ({ clusters, previous }, find) => {
    for (const [cluster, { trustDomain, peers }] of Object.entries(previous ?? {}).sort()) {
      if (clusters.has(cluster) || Object.keys(peers).length === 0) continue;
      find(['clusters'], { cluster, trustDomain }, { atKey: true });
    }
  },
});
