/** Finds roots that end sooner than the CA that the server signs with. */
import { goDuration } from '../../formats/duration';
import { placeOfTrust } from '../trust/trust-material';
import { endsBeforeCa, lastAuthority } from './authorities';
import { defineRule } from './rule';

export const rootEndsBeforeCa = defineRule({
  code: 'root-ends-before-ca',
  severity: 'error',
  waivable: true,
  looksFor: 'a root whose remaining lifetime is shorter than caTtl',
  why: "the server's CA and the SVIDs under it would be valid longer than the root. When the root expires, peers refuse them, and nothing warns of it.",
  source: 'spiffe/spire#5097; spire pkg/common/x509svid/upstreamca.go',
  example: { notAfter: '2026-12-24T00:00:00.000Z', caTtl: '168h' },
  check: ({ written, clusters, now }, find) => {
    for (const [name, cluster] of clusters) {
      const last = lastAuthority(cluster);
      if (last === undefined || !endsBeforeCa(cluster, now)) continue;
      find(placeOfTrust(written, name), { notAfter: last.notAfter, caTtl: goDuration(cluster.spire.caTtl) });
    }
  },
});
