/** The jobs by which Prometheus finds pods and scrapes them. @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/ */
import { METRICS } from '../model/spire/metrics-endpoints';

type Job = Readonly<Record<string, unknown>>;

const annotation = (name: string): string[] => [`__meta_kubernetes_pod_annotation_prometheus_io_${name}`];
const ofPod = (name: string): string[] => [`__meta_kubernetes_${name}`];

const RUNNING = { action: 'keep', source_labels: ofPod('pod_phase'), regex: 'Running' };

const PLACE = [
  { action: 'replace', source_labels: ofPod('namespace'), target_label: 'namespace' },
  { action: 'replace', source_labels: ofPod('pod_name'), target_label: 'pod' },
];

/** Pods that three annotations select. Istio sets them on istiod and on every proxy. */
export const ANNOTATED_PODS: Job = {
  job_name: 'kubernetes-pods',
  kubernetes_sd_configs: [{ role: 'pod' }],
  relabel_configs: [
    { action: 'keep', source_labels: annotation('scrape'), regex: 'true' },
    RUNNING,
    { action: 'replace', source_labels: annotation('path'), regex: '(.+)', target_label: '__metrics_path__' },
    // One target for each pod, not one for each of its ports.
    {
      action: 'replace',
      source_labels: [...annotation('port'), ...ofPod('pod_ip')],
      regex: '(\\d+);([0-9.]+)',
      replacement: '$2:$1',
      target_label: '__address__',
    },
    {
      action: 'replace',
      source_labels: [...annotation('port'), ...ofPod('pod_ip')],
      regex: '(\\d+);(.*:.*)',
      replacement: '[$2]:$1',
      target_label: '__address__',
    },
    ...PLACE,
  ],
};

/** The names of the ports at which SPIRE serves metrics, as a regular expression. */
const PORT_NAMES = [...new Set(Object.values(METRICS).map(({ name }) => name))].join('|');

/** One target for each port of SPIRE's pods that serves metrics, so a server and the controller manager beside it are two. */
export function spirePods(namespaces: readonly string[]): Job {
  return {
    job_name: 'spire',
    kubernetes_sd_configs: [{ role: 'pod', namespaces: { names: [...new Set(namespaces)] } }],
    relabel_configs: [
      { action: 'keep', source_labels: ofPod('pod_container_port_name'), regex: PORT_NAMES },
      RUNNING,
      ...PLACE,
      { action: 'replace', source_labels: ofPod('pod_container_name'), target_label: 'container' },
    ],
  };
}
