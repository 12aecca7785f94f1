/** Finds roots that end sooner than the CA that the server signs with. */
import { goDuration } from '../../formats/duration';
import { placeOfTrust } from '../trust/trust-material';
import { endsBeforeCa, lastAuthority } from './authorities';
import { defineRule } from './rule';

export const rootEndsBeforeCa = defineRule({
  code: 'root-ends-before-ca',
  severity: 'error',
  waivable: true,
  looksFor: 'a root whose remaining life is shorter than caTtl',
  why: "the server's CA, and SVIDs under it, would outlive what they are verified against; the federation ends with the root and nothing says so.",
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
