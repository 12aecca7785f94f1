/** Finds publishers that cannot hold all CA certificates of a trust domain. */

import { defaultRootFile } from '../../fleet/defaults';
import { BUNDLE_PUBLISHERS } from '../../spire-plugins/bundle-publisher/catalog';
import { DEFAULT_UPSTREAM_AUTHORITY } from '../../spire-plugins/upstream-authority/catalog';
import { placedPublishers } from '../spire/resolve-plugins';
import { signsWithOwnCa } from '../trust/own-ca';
import { defineRule } from './rule';

export const bundleDoesNotFit = defineRule({
  code: 'bundle-does-not-fit',
  severity: 'error',
  waivable: true,
  looksFor: 'a place for the trust bundle that holds fewer CA certificates than the trust domain can have',
  why: 'the service refuses the bundle, the server only logs that, and readers keep the old bundle: they refuse the SVIDs of the next CA. A server without a root has the present CA, the next one, and for a day each one that has ended.',
  source: 'spire doc/plugin_server_bundlepublisher_aws_rolesanywhere_trustanchor.md; pkg/server/ca/manager/manager.go',
  example: {
    publisher: String(BUNDLE_PUBLISHERS.at(-1)?.key),
    most: 2,
    cluster: 'cluster1',
    rootFile: defaultRootFile('cluster1.demo'),
    authority: DEFAULT_UPSTREAM_AUTHORITY.key,
  },
  check: ({ written, clusters }, find) => {
    for (const [name, { written: cluster, trust, plugins }] of clusters) {
      const isOwnCa = signsWithOwnCa(written, name, plugins);
      // Without a bundle that can be read, nothing is known of the roots.
      if (!isOwnCa && trust.bundle === undefined) continue;
      const roots = isOwnCa ? undefined : trust.bundle?.authorities.length;
      for (const { plan, place } of placedPublishers(written, name, plugins)) {
        const { mostCertificates: most } = plan;
        if (most === undefined || (roots !== undefined && roots <= most)) continue;
        const advice = {
          cluster: name,
          rootFile: defaultRootFile(cluster.trustDomain),
          authority: DEFAULT_UPSTREAM_AUTHORITY.key,
        };
        find(place, { publisher: String(place.at(-1)), most, roots, ...advice }, { atKey: true });
      }
    }
  },
});
