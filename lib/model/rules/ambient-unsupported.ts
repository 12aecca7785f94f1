/** Finds clusters whose Istio would not ask SPIRE for identities. */
import { setting } from '../settings';
import { defineRule } from './rule';

export const ambientUnsupported = defineRule({
  code: 'ambient-unsupported',
  severity: 'error',
  looksFor: 'dataplane: ambient',
  why: 'ztunnel takes its certificates from istiod; pods would have identities of another CA, and no federation.',
  source: 'istio/istio#42339; istio/ztunnel#1936',
  example: {},
  check: ({ written, clusters }, find) => {
    for (const name of clusters.keys()) {
      const { value, place } = setting(written, name, 'istio', 'dataplane');
      if (value === 'ambient') find(place, {});
    }
  },
});
