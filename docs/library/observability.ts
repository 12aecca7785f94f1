/** Kiali, the Prometheus that it queries, and metrics of SPIRE for another one, in a cdk8s app without a fleet file. */
import { App, Chart } from 'cdk8s';
import {
  Kiali,
  KialiRbac,
  MetricsNetworkPolicy,
  ObservabilityNetworkPolicies,
  Prometheus,
  SpirePodMonitors,
} from 'cdk8s-spire';

export function observability(): App {
  const app = new App();
  const chart = new Chart(app, 'observability');
  new Prometheus(chart, 'prometheus');
  new KialiRbac(chart, 'kiali-rbac');
  new Kiali(chart, 'kiali', { cluster: 'east' });
  new ObservabilityNetworkPolicies(chart, 'network-policies');

  // SpireServer and SpireAgent take the same settings.
  const scrapers = [{ namespace: 'monitoring', podLabels: { 'app.kubernetes.io/name': 'prometheus' } }];
  const spire = { telemetry: { prometheus: { scrapers, byOutput: false, annotations: false } } };
  new MetricsNetworkPolicy(chart, 'server-metrics', { spire, of: 'server' });
  new MetricsNetworkPolicy(chart, 'agent-metrics', { spire, of: 'agent' });
  new SpirePodMonitors(chart, 'pod-monitors', { labels: { release: 'kube-prometheus-stack' } });
  return app;
}
