/** The NetworkPolicy that opens the metrics of SPIRE's pods to those who scrape them. */
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { NAMESPACE_NAME_LABEL, objectLabels, SPIRE_AGENT, SPIRE_SERVER, selectorLabels } from '../model/names';
import type { ResolvedSpire } from '../model/resolved-fleet';
import { METRICS, type MetricsEndpoint, serverMetrics } from '../model/spire/metrics-endpoints';
import type { Scraper } from '../model/spire/resolved-telemetry';
import { completeSpire } from '../model/spire/without-fleet';

export interface MetricsIngressProps {
  /** Nothing is built without `telemetry`. What is absent is as in a fleet that says nothing of SPIRE. */
  readonly spire: Partial<ResolvedSpire>;
  /** Whose pods. */
  readonly of: 'server' | 'agent';
  /** Whether the agent of a nested server runs beside it. @default false */
  readonly nested?: boolean;
}

/** One policy, or nothing where nobody scrapes. It adds to `ServerNetworkPolicy` and `AgentNetworkPolicies`. */
export class MetricsIngress extends Construct {
  constructor(scope: Construct, id: string, { spire: given, of, nested = false }: MetricsIngressProps) {
    super(scope, id);
    const spire = completeSpire(given);
    const { prometheus } = spire.telemetry ?? {};
    if (prometheus === undefined) return;
    const [component, namespace, endpoints]: [string, string, readonly MetricsEndpoint[]] =
      of === 'server'
        ? [SPIRE_SERVER.name, spire.serverNamespace, serverMetrics(nested)]
        : [SPIRE_AGENT.name, spire.agentNamespace, [METRICS.agent]];
    const name = `${component}-metrics`;
    new k8s.KubeNetworkPolicy(this, 'policy', {
      metadata: { name, namespace, labels: objectLabels(name, 'spire') },
      spec: {
        podSelector: { matchLabels: selectorLabels(component) },
        policyTypes: ['Ingress'],
        ingress: [
          {
            from: prometheus.scrapers.map(podsOf),
            ports: endpoints.map(({ port }) => ({ port: k8s.IntOrString.fromNumber(port), protocol: 'TCP' })),
          },
        ],
      },
    });
  }
}

function podsOf({ namespace, podLabels }: Scraper): k8s.NetworkPolicyPeer {
  return {
    namespaceSelector: { matchLabels: { [NAMESPACE_NAME_LABEL]: namespace } },
    ...(Object.keys(podLabels).length > 0 && { podSelector: { matchLabels: { ...podLabels } } }),
  };
}
