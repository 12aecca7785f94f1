/** Finds clusters whose metrics the Prometheus of the output would scrape, and that have none. */
import { runsIstio } from '../istio/runs-istio';
import { telemetrySetting } from '../settings';
import { deploysPrometheus } from '../spire/resolve-telemetry';
import { defineRule } from './rule';

export const metricsUnscraped = defineRule({
  code: 'metrics-unscraped',
  severity: 'error',
  looksFor: 'spire.telemetry.prometheus: true on a cluster on which the output deploys no Prometheus',
  why: 'the endpoints would be open to nobody: the NetworkPolicies admit the declared Prometheus alone, and there is none.',
  source: 'lib/model/istio/resolve-observability.ts',
  example: { cluster: 'cluster1', hasMesh: true },
  check: ({ written, clusters }, find) => {
    for (const name of clusters.keys()) {
      const { value, place } = telemetrySetting(written, name, 'prometheus');
      if (value !== true || deploysPrometheus(written, name)) continue;
      find(place, { cluster: name, hasMesh: runsIstio(written, name) });
    }
  },
});
