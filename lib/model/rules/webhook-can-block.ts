/** Finds clusters in which the controller manager's webhook can keep SPIRE resources out. */
import { setting } from '../settings';
import { defineRule } from './rule';

export const webhookCanBlock = defineRule({
  code: 'webhook-can-block',
  severity: 'warning',
  waivable: true,
  looksFor: 'the setting webhookFailurePolicy: Fail',
  why: "the webhook answers only while the server's pod runs. On a first apply, and whenever the server is down, the API server refuses every ClusterSPIFFEID and ClusterFederatedTrustDomain.",
  source: 'spiffe/spire-controller-manager#389; spiffe/helm-charts#128',
  example: {},
  check: ({ written, clusters }, find) => {
    for (const name of clusters.keys()) {
      const { value, place } = setting(written, name, 'spire', 'webhookFailurePolicy');
      if (value === 'Fail') find(place, {});
    }
  },
});
