/** Finds roots and pinned bundles whose certificates end within the trust horizon. */
import { DEFAULTS } from '../../fleet/defaults';
import { seconds } from '../../formats/duration';
import { shortFingerprint } from '../trust/certificates';
import { placeOfTrust } from '../trust/trust-material';
import { endsBeforeCa, lastAuthority, lastOf, shortLife } from './authorities';
import { defineRule } from './rule';

export const authorityEndsSoon = defineRule({
  code: 'authority-ends-soon',
  severity: 'warning',
  waivable: true,
  looksFor:
    'a root certificate of a trust domain or of nested servers, or a certificate of a pinned bundle, that expires within trustHorizon while no other one in the same file lasts longer',
  why: 'when it expires, everybody refuses every SVID under it, and an https_spiffe peer cannot fetch the next bundle.',
  source: 'RFC 5280 section 4.1.2.5; spiffe/spire#5097',
  example: { fingerprint: '5B:21:…', notAfter: '2026-12-24T00:00:00.000Z', horizon: '30d' },
  check: ({ written, clusters, now }, find) => {
    const horizon = written.trustHorizon ?? DEFAULTS.trustHorizon;
    const limit = new Date(now.getTime() + seconds(horizon) * 1000).toISOString();
    for (const [name, cluster] of clusters) {
      const last = lastAuthority(cluster);
      if (last === undefined || last.notAfter >= limit) continue;
      // Other rules report roots that end before the CA, and certificates with a short life.
      if (endsBeforeCa(cluster, now) || shortLife(cluster) !== undefined) continue;
      const { fingerprint, notAfter } = last;
      find(placeOfTrust(written, name), { fingerprint: shortFingerprint(fingerprint), notAfter, horizon });
    }
    // Without a valid one, agents of nested servers can no longer attest.
    for (const [name, { written: cluster, nesting }] of clusters) {
      const last = lastOf(nesting.serverApi?.authorities ?? []);
      if (last === undefined || last.notAfter >= limit) continue;
      const place = ['clusters', name, 'serverApi', ...(cluster.serverApi?.root === undefined ? [] : ['root'])];
      find(place, { fingerprint: shortFingerprint(last.fingerprint), notAfter: last.notAfter, horizon });
    }
  },
});
