/** The section `telemetry` of server.conf and agent.conf. */
import type { MetricsEndpoint } from '../model/spire/metrics-endpoints';
import type { ResolvedTelemetry } from '../model/spire/resolved-telemetry';

/** @see https://github.com/spiffe/spire/blob/v1.15.3/doc/telemetry/telemetry_config.md */
export function telemetryConfig(
  telemetry: ResolvedTelemetry | undefined,
  { port }: MetricsEndpoint,
): Readonly<Record<string, unknown>> | undefined {
  if (telemetry === undefined) return undefined;
  return {
    // Without a host, the endpoint is at the loopback address, where nothing outside of the pod reaches it.
    Prometheus: telemetry.prometheus && { host: '0.0.0.0', port },
  };
}
