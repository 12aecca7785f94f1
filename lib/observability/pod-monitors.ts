/** The PodMonitors by which the operator of Prometheus finds the metrics of SPIRE. */
import { Construct } from 'constructs';
import { PodMonitor } from '../../imports/monitoring.coreos.com';
import { objectLabels, SPIRE_AGENT, SPIRE_SERVER, selectorLabels } from '../model/names';
import type { ResolvedSpire } from '../model/resolved-fleet';
import { METRICS, METRICS_PATH, type MetricsEndpoint, serverMetrics } from '../model/spire/metrics-endpoints';
import type { PodMonitorSettings } from '../model/spire/resolved-telemetry';
import { completeSpire } from '../model/spire/without-fleet';

export interface SpirePodMonitorsProps extends PodMonitorSettings {
  /** @default - what a fleet has that says nothing of SPIRE */
  readonly spire?: Partial<ResolvedSpire>;
  /** Whether the agent of a nested server runs beside it. @default false */
  readonly nested?: boolean;
}

/**
 * One PodMonitor for servers with their controller managers, and one for agents, each in the namespace of its pods. A
 * PodMonitor selects pods of its own namespace only.
 *
 * @see https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PodMonitor
 */
export class SpirePodMonitors extends Construct {
  constructor(scope: Construct, id: string, { spire: given, nested = false, ...settings }: SpirePodMonitorsProps) {
    super(scope, id);
    const spire = completeSpire(given);
    this.add({ name: SPIRE_SERVER.name, namespace: spire.serverNamespace }, serverMetrics(nested), settings);
    this.add({ name: SPIRE_AGENT.name, namespace: spire.agentNamespace }, [METRICS.agent], settings);
  }

  private add(
    pods: { readonly name: string; readonly namespace: string },
    endpoints: readonly MetricsEndpoint[],
    { labels, interval }: PodMonitorSettings,
  ): void {
    new PodMonitor(this, pods.name, {
      metadata: { ...pods, labels: { ...labels, ...objectLabels(pods.name, 'spire') } },
      spec: {
        selector: { matchLabels: { ...selectorLabels(pods.name) } },
        podMetricsEndpoints: endpoints.map(({ name }) => ({ port: name, path: METRICS_PATH, interval })),
      },
    });
  }
}
