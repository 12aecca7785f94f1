/** Finds intermediate CAs that cert-manager renews too late. */
import { goDuration } from '../../formats/duration';
import { placeOfChoice } from '../spire/resolve-plugins';
import { defineRule } from './rule';

export const intermediateRenewedLate = defineRule({
  code: 'intermediate-renewed-late',
  severity: 'error',
  looksFor: 'an intermediate CA that cert-manager renews later than caTtl before its end',
  why: 'a CA that the server gets in the time between ends with the intermediate, sooner than caTtl, without an error. SVIDs live shorter than the fleet says, and the server has less time to get the next CA.',
  source: 'spire pkg/common/x509svid/upstreamca.go SignCSR',
  example: { renewBefore: '24h', caTtl: '168h' },
  check: ({ written, clusters }, find) => {
    for (const [name, { plugins, spire }] of clusters) {
      const { certificate } = plugins.upstreamAuthority ?? {};
      if (certificate === undefined || certificate.renewBefore >= spire.caTtl) continue;
      const place = [...placeOfChoice(written, name, 'upstreamAuthority'), 'certificate'];
      find(
        place,
        { renewBefore: goDuration(certificate.renewBefore), caTtl: goDuration(spire.caTtl) },
        { atKey: true },
      );
    }
  },
});
