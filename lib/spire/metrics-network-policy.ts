/** The NetworkPolicy for the metrics of SPIRE's pods: who may scrape them, and to whom the pods send them. */
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { addressPeers } from '../model/cluster/network-peers';
import { NAMESPACE_NAME_LABEL, objectLabels, SPIRE_AGENT, SPIRE_SERVER, selectorLabels } from '../model/names';
import type { ResolvedSpire } from '../model/resolved-fleet';
import { collectorsOf, METRICS, type MetricsEndpoint, serverMetrics } from '../model/spire/metrics-endpoints';
import type { ResolvedTelemetry, Scraper } from '../model/spire/resolved-telemetry';
import { completeSpire } from '../model/spire/without-fleet';

export interface MetricsNetworkPolicyProps {
  /** Nothing is built without `telemetry`. What is absent is as in a fleet that says nothing of SPIRE. */
  readonly spire: Partial<ResolvedSpire>;
  /** Whose pods. */
  readonly of: 'server' | 'agent';
  /** Whether the agent of a nested server runs beside it. @default false */
  readonly nested?: boolean;
}

/** One policy, or nothing where no metrics leave the pods. It adds to `ServerNetworkPolicy` and `AgentNetworkPolicies`. */
export class MetricsNetworkPolicy extends Construct {
  constructor(scope: Construct, id: string, { spire: given, of, nested = false }: MetricsNetworkPolicyProps) {
    super(scope, id);
    const spire = completeSpire(given);
    const { telemetry = {} } = spire;
    const [component, namespace, endpoints]: [string, string, readonly MetricsEndpoint[]] =
      of === 'server'
        ? [SPIRE_SERVER.name, spire.serverNamespace, serverMetrics(nested)]
        : [SPIRE_AGENT.name, spire.agentNamespace, [METRICS.agent]];
    const ingress = ingressOf(telemetry, endpoints);
    const egress = egressOf(telemetry);
    if (ingress.length + egress.length === 0) return;
    const name = `${component}-metrics`;
    new k8s.KubeNetworkPolicy(this, 'policy', {
      metadata: { name, namespace, labels: objectLabels(name, 'spire') },
      spec: {
        podSelector: { matchLabels: selectorLabels(component) },
        policyTypes: [...(ingress.length > 0 ? ['Ingress'] : []), ...(egress.length > 0 ? ['Egress'] : [])],
        ...(ingress.length > 0 && { ingress }),
        ...(egress.length > 0 && { egress }),
      },
    });
  }
}

function ingressOf(
  { prometheus }: ResolvedTelemetry,
  endpoints: readonly MetricsEndpoint[],
): k8s.NetworkPolicyIngressRule[] {
  if (prometheus === undefined) return [];
  return [{ from: prometheus.scrapers.map(podsOf), ports: endpoints.map(({ port }) => portOf(port, 'TCP')) }];
}

function egressOf(telemetry: ResolvedTelemetry): k8s.NetworkPolicyEgressRule[] {
  return collectorsOf(telemetry).map(({ host, port }) => ({ to: addressPeers(host), ports: [portOf(port, 'UDP')] }));
}

function portOf(port: number, protocol: 'TCP' | 'UDP'): k8s.NetworkPolicyPort {
  return { port: k8s.IntOrString.fromNumber(port), protocol };
}

function podsOf({ namespace, podLabels }: Scraper): k8s.NetworkPolicyPeer {
  return {
    namespaceSelector: { matchLabels: { [NAMESPACE_NAME_LABEL]: namespace } },
    ...(Object.keys(podLabels).length > 0 && { podSelector: { matchLabels: { ...podLabels } } }),
  };
}
