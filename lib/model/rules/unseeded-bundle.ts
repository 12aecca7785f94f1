/** Finds trust domains without a bundle before the first poll. */
import { trustMaterialOf } from '../trust/trust-material';
import { defineRule } from './rule';

export const unseededBundle = defineRule({
  code: 'unseeded-bundle',
  severity: 'warning',
  waivable: true,
  looksFor: 'an https_web endpoint of a trust domain that has neither a root nor a pinned bundle in the fleet',
  why: 'peers have no bundle of the trust domain before their first poll succeeds. Until then SPIRE refuses every entry that federates with it: if a partner is down, its callers get no SVID.',
  source: 'spiffe/spire#7146; agntcy/dir#1852',
  example: { cluster: 'cluster2' },
  check: ({ written: fleet, clusters, partners, graph }, find) => {
    const report = (section: string, cluster: string): void =>
      find([section, cluster, 'bundleEndpoint', 'profile'], { cluster });
    for (const [name, { written, plugins }] of clusters) {
      if (written.nestedUnder !== undefined || written.trust?.bundle !== undefined) continue;
      // The rule keys-not-kept says the same of each start of the server, and a root is the remedy for both.
      if (!plugins.keyManager.keepsKeys) continue;
      if (trustMaterialOf(fleet, name) === undefined && graph.trustedBy(name).length > 0) report('clusters', name);
    }
    for (const [name, { written, profile }] of partners) {
      const { root, bundle } = written.trust ?? {};
      if (profile === 'https_web' && root === undefined && bundle === undefined) report('partners', name);
    }
  },
});
