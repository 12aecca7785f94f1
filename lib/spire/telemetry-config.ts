/** The section `telemetry` of server.conf and agent.conf. */
import { type MetricsEndpoint, metricsName } from '../model/spire/metrics-endpoints';
import type { ResolvedTelemetry } from '../model/spire/resolved-telemetry';

/** @see https://github.com/spiffe/spire/blob/v1.15.3/doc/telemetry/telemetry_config.md */
export function telemetryConfig(
  telemetry: ResolvedTelemetry | undefined,
  { port }: MetricsEndpoint,
  component: 'server' | 'agent',
): Readonly<Record<string, unknown>> | undefined {
  if (telemetry === undefined) return undefined;
  return {
    // Without a host, the endpoint is at the loopback address, where nothing outside of the pod reaches it.
    Prometheus: telemetry.prometheus && { host: '0.0.0.0', port },
    Statsd: telemetry.statsd?.map((address) => ({ address })),
    DogStatsd: telemetry.dogstatsd?.map((address) => ({ address })),
    M3: telemetry.m3 && blocks(telemetry.m3),
    InMem: telemetry.inMemory ? {} : undefined,
    MetricPrefix: telemetry.metricPrefix && metricsName(telemetry, component),
    EnableTrustDomainLabel: telemetry.trustDomainLabel,
    EnableHostnameLabel: telemetry.hostnameLabel,
    AllowedPrefixes: telemetry.allowedPrefixes,
    BlockedPrefixes: telemetry.blockedPrefixes,
    AllowedLabels: telemetry.allowedLabels,
    BlockedLabels: telemetry.blockedLabels,
  };
}

/**
 * Objects with several keys, as blocks of HCL with a label each. In a list, the parser of HCL makes one object of each key
 * of an object, and SPIRE ends with "env common tag is required".
 */
function blocks(objects: readonly object[]): Readonly<Record<string, object>> {
  return Object.fromEntries(objects.map((object, index) => [`m3-${index}`, object]));
}
