/** Documents the rule against trust domains without a bundle before the first poll. */
import { documentRule } from './rule';

export const unseededBundle = documentRule({
  code: 'unseeded-bundle',
  severity: 'warning',
  waivable: true,
  looksFor: 'a https_web endpoint of a trust domain of which neither root nor bundle is known',
  why: 'until the first poll succeeds there is no bundle, and every entry that federates with the trust domain is refused; a partner that is down then takes its callers down.',
  source: 'spiffe/spire#7146; agntcy/dir#1852',
  example: { cluster: 'cluster2' },
});
