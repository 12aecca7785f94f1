/** Finds roots that were replaced at once, so that peers who trust the old root do not trust the new one. */
import { placeOfTrust } from '../trust/trust-material';
import { defineRule } from './rule';

export const rootReplaced = defineRule({
  code: 'root-replaced',
  severity: 'error',
  waivable: true,
  looksFor: 'a root file that holds none of the roots that the last synthesis gave to peers',
  why: 'peers know only the old root, so they refuse every new SVID. With https_spiffe they cannot poll the new root either, and the controller manager ignores the new bundle in the resource.',
  source: 'SPIFFE Federation, section 5.2; spire-controller-manager pkg/spireapi/types.go FederationRelationship.Equal',
  example: { cluster: 'cluster1', trustDomain: 'cluster1.demo' },
  check: ({ written, clusters, graph, refusedRoots, previous }, find) => {
    for (const [name, { trust, written: cluster }] of clusters) {
      const authorities = (trust.bundle?.authorities ?? []).map(({ fingerprint }) => fingerprint);
      if (trust.root === undefined || authorities.length === 0 || refusedRoots.has(name)) continue;
      const before = graph
        .trustedBy(name)
        .map((peer) => previous?.[peer]?.peers[name])
        // A trust domain of another name has a root of its own.
        .filter((peer) => peer?.trustDomain === cluster.trustDomain)
        .flatMap((peer) => peer?.authorities.split(' ') ?? [])
        .filter((fingerprint) => fingerprint !== '');
      if (before.length > 0 && !before.some((fingerprint) => authorities.includes(fingerprint))) {
        find(placeOfTrust(written, name), { cluster: name, trustDomain: cluster.trustDomain });
      }
    }
  },
});
