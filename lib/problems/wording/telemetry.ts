/** Messages for the metrics of SPIRE. */
import { quoted } from './phrases';
import type { WordingOf } from './wording';

export const telemetryWording: WordingOf<'metrics-unscraped' | 'telemetry-without-effect'> = {
  'metrics-unscraped': ({ cluster, hasMesh }) => ({
    sentence: `the Prometheus of the output would scrape SPIRE on ${quoted(cluster)}, and ${
      hasMesh ? 'observability deploys none there' : 'a cluster without Istio has none'
    }`,
    hint: `write the namespace of the Prometheus that scrapes it, such as prometheus: { namespace: monitoring }, ${
      hasMesh ? 'or observability: true' : 'or prometheus: false for this cluster'
    }`,
  }),
  'telemetry-without-effect': ({ key, because }) => ({
    sentence: `${quoted(key)} has no effect: ${because}`,
    hint: 'correct it, or remove it',
  }),
};
