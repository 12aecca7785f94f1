/** Where the components of SPIRE serve metrics, and where they send them. */
import { splitAddress } from '../../formats/telemetry-formats';
import { CONTROLLER_MANAGER, SPIRE_AGENT, SPIRE_SERVER, UPSTREAM_AGENT } from '../names';
import type { ResolvedTelemetry } from './resolved-telemetry';

export interface MetricsEndpoint {
  /** Name of the port of the container; scrape configurations refer to it. */
  readonly name: string;
  readonly port: number;
}

/** Containers that share a pod have ports of their own. The names of the first two are those of SPIRE's charts. */
export const METRICS = {
  server: { name: 'prom', port: SPIRE_SERVER.metricsPort },
  controllerManager: { name: 'prom-cm', port: CONTROLLER_MANAGER.metricsPort },
  agent: { name: 'prom', port: SPIRE_AGENT.metricsPort },
  upstreamAgent: { name: 'prom-upstream', port: UPSTREAM_AGENT.metricsPort },
} as const satisfies Readonly<Record<string, MetricsEndpoint>>;

/** The path of each endpoint. SPIRE answers at every path, the controller manager only at this one. */
export const METRICS_PATH = '/metrics';

/** The first part of the names of a component's metrics. */
export function metricsName({ metricPrefix = 'spire' }: ResolvedTelemetry, component: 'server' | 'agent'): string {
  return `${metricPrefix}_${component}`;
}

/** The endpoints in the pod of a server. */
export function serverMetrics(isNested: boolean): readonly MetricsEndpoint[] {
  return [METRICS.server, METRICS.controllerManager, ...(isNested ? [METRICS.upstreamAgent] : [])];
}

/** Annotations by which a Prometheus finds an endpoint of a pod. They can name one only. */
export function scrapeAnnotations(
  telemetry: ResolvedTelemetry | undefined,
  { port }: MetricsEndpoint,
): Readonly<Record<string, string>> {
  if (telemetry?.prometheus?.annotations !== true) return {};
  const prefix = 'prometheus.io';
  return { [`${prefix}/scrape`]: 'true', [`${prefix}/port`]: String(port), [`${prefix}/path`]: METRICS_PATH };
}

/** Host and UDP port of each collector to which server and agents send metrics, each once. */
export function collectorsOf({ statsd = [], dogstatsd = [], m3 = [] }: ResolvedTelemetry): readonly {
  readonly host: string;
  readonly port: number;
}[] {
  const addresses = [...statsd, ...dogstatsd, ...m3.map(({ address }) => address)];
  return [...new Set(addresses)].map((text) => {
    const { host, port } = splitAddress(text);
    if (port === undefined) throw new Error(`the collector ${text} has no port`);
    return { host, port };
  });
}
