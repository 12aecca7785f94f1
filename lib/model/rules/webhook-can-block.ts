/** Finds clusters in which the controller manager's webhook can keep SPIRE resources out. */
import { setting } from '../settings';
import { defineRule } from './rule';

export const webhookCanBlock = defineRule({
  code: 'webhook-can-block',
  severity: 'warning',
  waivable: true,
  looksFor: 'webhookFailurePolicy: Fail',
  why: "the webhook answers only once the server's pod runs; on a first apply, and whenever the server is away, every ClusterSPIFFEID and ClusterFederatedTrustDomain is refused.",
  source: 'spiffe/spire-controller-manager#389; spiffe/helm-charts#128',
  example: {},
  check: ({ written, clusters }, find) => {
    for (const name of clusters.keys()) {
      const { value, place } = setting(written, name, 'spire', 'webhookFailurePolicy');
      if (value === 'Fail') find(place, {});
    }
  },
});
