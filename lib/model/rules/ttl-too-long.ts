/** Finds SVID lifetimes that are longer than the server allows. */
import { goDuration, seconds } from '../../formats/duration';
import { serverSetting, setting } from '../settings';
import { maxSvidTtl } from '../spire/duration';
import { caTtlText } from '../spire/resolve-spire';
import { defineRule } from './rule';

export const ttlTooLong = defineRule({
  code: 'ttl-too-long',
  severity: 'error',
  looksFor: 'an x509SvidTtl, jwtSvidTtl or agentTtl longer than a sixth of caTtl, or than a week',
  why: 'the server issues SVIDs with a shorter lifetime, and says so only in its log. If the server is down, SVIDs expire sooner than planned.',
  source: 'spire pkg/server/ca/manager/manager.go MaxSVIDTTLForCATTL',
  example: { key: 'x509SvidTtl', got: '2d', limit: '28h', caTtl: '7d' },
  check: ({ written, clusters }, find) => {
    for (const [name, { spire }] of clusters) {
      const caTtl = caTtlText(written, name);
      const limit = maxSvidTtl(spire.caTtl);
      const ttls = {
        x509SvidTtl: setting(written, name, 'spire', 'x509SvidTtl'),
        jwtSvidTtl: setting(written, name, 'spire', 'jwtSvidTtl'),
        agentTtl: serverSetting(written, name, 'agentTtl'),
      };
      for (const [key, { value: got, place }] of Object.entries(ttls)) {
        if (got !== undefined && seconds(got) > limit) find(place, { key, got, limit: goDuration(limit), caTtl });
      }
    }
  },
});
