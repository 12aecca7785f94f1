/** Finds clusters whose Istio would not ask SPIRE for identities. */
import { setting } from '../settings';
import { defineRule } from './rule';

export const ambientUnsupported = defineRule({
  code: 'ambient-unsupported',
  severity: 'error',
  looksFor: 'the setting dataplane: ambient',
  why: 'ztunnel takes its certificates from istiod. Pods would have identities of another CA, and could not call federated trust domains.',
  source: 'istio/istio#42339; istio/ztunnel#1936',
  example: {},
  check: ({ written, clusters }, find) => {
    for (const name of clusters.keys()) {
      const { value, place } = setting(written, name, 'istio', 'dataplane');
      if (value === 'ambient') find(place, {});
    }
  },
});
