/** Finds SVID lifetimes that are longer than the server allows. */
import { goDuration } from '../../formats/duration';
import { maxSvidTtl } from '../spire/duration';
import { caTtlText } from '../spire/resolve-spire';
import { svidTtls } from '../spire/svid-ttls';
import { defineRule } from './rule';

export const ttlTooLong = defineRule({
  code: 'ttl-too-long',
  severity: 'error',
  looksFor: 'an x509SvidTtl, jwtSvidTtl or agentTtl longer than a sixth of caTtl, or than a week',
  why: 'the server issues SVIDs with a shorter lifetime, and says so only in its log. If the server is down, SVIDs expire sooner than planned.',
  source: 'spire pkg/server/ca/manager/manager.go MaxSVIDTTLForCATTL',
  example: { key: 'x509SvidTtl', got: '48h', limit: '28h', caTtl: '7d' },
  check: (draft, find) => {
    for (const [name, { spire }] of draft.clusters) {
      const limit = maxSvidTtl(spire.caTtl);
      for (const { key, seconds, place } of svidTtls(draft, name)) {
        if (place === undefined || seconds <= limit) continue;
        find(place, {
          key,
          got: goDuration(seconds),
          limit: goDuration(limit),
          caTtl: caTtlText(draft.written, name),
        });
      }
    }
  },
});
