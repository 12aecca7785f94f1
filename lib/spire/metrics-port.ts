/** The port of a container at which it serves metrics. */
import type { k8s } from 'cdk8s-plus-27';
import type { MetricsEndpoint } from '../model/spire/metrics-endpoints';
import type { ResolvedTelemetry } from '../model/spire/resolved-telemetry';

/** Empty where nobody scrapes. */
export function metricsPorts(
  telemetry: ResolvedTelemetry | undefined,
  { name, port }: MetricsEndpoint,
): k8s.ContainerPort[] {
  return telemetry?.prometheus === undefined ? [] : [{ name, containerPort: port, protocol: 'TCP' }];
}
